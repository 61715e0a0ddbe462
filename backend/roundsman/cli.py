"""The subcommands of `roundsman` that belong to no domain. A package adds its own in a module `cli` with
`add_commands`: each sets the default `run(arguments, config)`, or, with an option `--company`, an async
`work(arguments, company)` that runs with that company's database in use.
"""

import argparse
import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from roundsman.core import db
from roundsman.core.companies import Companies, Company
from roundsman.core.config import Config, ConfigError, read_config

ROOT = Path(__file__).resolve().parents[2]
Commands = Any
"""argparse's object for subparsers; its class is private."""
ForCompany = Callable[[Company], Coroutine[Any, Any, None]]


def add_commands(commands: Commands) -> None:
    """serve, dev, check, migrate, demo, wire, worker, backup, restore, import."""
    serve = commands.add_parser("serve", help="serve the app and the API")
    serve.add_argument("--host", help="address to listen on")
    serve.add_argument("--port", help="port to listen on; 0 takes a free one")
    serve.add_argument("--workers", help="how many processes")
    serve.set_defaults(run=_serve)

    dev = commands.add_parser("dev", help="serve for development: both halves, started again at every change")
    dev.add_argument("--port", help="port of the server behind vite")
    dev.set_defaults(run=_dev)

    check = commands.add_parser(
        "check", help="everything a machine can say about the code, without the tests"
    )
    check.set_defaults(run=_check)

    migrate = commands.add_parser(
        "migrate", help="bring every company's database up to the code, or move one"
    )
    migrate.add_argument(
        "--to",
        default="",
        metavar="URL",
        help="copy the company to this empty database, also of the other kind",
    )
    add_company_option(migrate)
    migrate.set_defaults(run=_migrate)

    demo = commands.add_parser("demo", help="fill an empty database with a company to look at")
    demo.add_argument(
        "--without-history", action="store_true", help="people, shops and goods, but nothing sold yet"
    )
    add_company_option(demo)
    demo.set_defaults(run=_demo)

    wire = commands.add_parser("wire", help="write the phone's types and env.example from the server's code")
    wire.set_defaults(run=_wire)

    worker = commands.add_parser("worker", help="only do the waiting work of every company")
    worker.set_defaults(run=_worker)

    backup = commands.add_parser("backup", help="write a company's database and photos, while it is in use")
    backup.add_argument(
        "target", type=Path, help="a new file, or a folder that keeps several and each photo once"
    )
    backup.add_argument("--keep", type=int, help="how many to keep in the folder; default: all")
    add_company_option(backup)
    backup.set_defaults(run=_backup)

    restore = commands.add_parser("restore", help="make a company's database again from a backup")
    restore.add_argument("source", type=Path, help="the file, or the folder: its newest, or one of it")
    add_company_option(restore)
    restore.set_defaults(run=_restore)

    bring = commands.add_parser("import", help="bring in the spreadsheet the company already uses")
    kinds = bring.add_subparsers(dest="kind", required=True, metavar="kind")
    customers = _add_kind(kinds, "customers", "customers from an xlsx, xls or CSV file")
    customers.add_argument(
        "--territory", default="", help="where new ones go that name none; default: the root"
    )
    customers.add_argument(
        "--owner", default="", help="whose new ones are that name nobody; default: nobody's"
    )
    customers.add_argument("--gcj02", action="store_true", help="coordinates come from a Chinese map")
    customers.set_defaults(run=_import)
    products = _add_kind(kinds, "products", "goods with their packs, barcodes and prices")
    products.set_defaults(run=_import)
    stock = _add_kind(kinds, "stock", "what there is of goods that are known, by warehouse")
    stock.set_defaults(run=_import)
    targets = _add_kind(kinds, "targets", "what people and territories are to reach")
    targets.set_defaults(run=_import)
    orders = _add_kind(kinds, "orders", "past orders another system or a shop hands out")
    orders.add_argument(
        "--customer", default="", help="code or name of whose orders those are that name nobody"
    )
    orders.add_argument(
        "--source", default="", help="name of the system they are from, where there are several"
    )
    orders.set_defaults(run=_import)


def _add_kind(kinds: Any, kind: str, help: str) -> argparse.ArgumentParser:
    """`import <kind> FILE` with what every import can be told."""
    parser: argparse.ArgumentParser = kinds.add_parser(kind, help=help)
    parser.add_argument("file", type=Path)
    parser.add_argument("--by", default="", help="login of who imports; default: the first administrator")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument("--json", action="store_true", help="say it as JSON")
    add_company_option(parser)
    return parser


def add_company_option(parser: argparse.ArgumentParser) -> None:
    """`--company host`, for subcommands that work on one company's database."""
    parser.add_argument("--company", default="", help="host name of the company, where there are several")


def company_of(companies: Companies, host: str) -> Company:
    """The company a subcommand works on. Raises ConfigError when it must be named, or is unknown."""
    found = {company.host: company for company in companies}
    if companies.is_single:
        return next(iter(found.values()))
    if host not in found:
        raise ConfigError(f"--company must be one of {', '.join(sorted(found))}")
    return found[host]


def in_company(work: ForCompany, config: Config, host: str = "") -> int:
    """Run `work(company)` with its database open, current and in use; 0."""

    async def run() -> None:
        companies = companies_of(config)
        try:
            company = company_of(companies, host)
            with db.use(await companies.ready(company)):
                await work(company)
        finally:
            await companies.close()

    asyncio.run(run())
    return 0


def companies_of(config: Config, *, is_serving: bool = False) -> Companies:
    """The companies, prepared as a serving process prepares them; to serve they must also be no unsaid restore."""
    from roundsman.domains import gather
    from roundsman.sync.collection import refuse_restored
    from roundsman.sync.domain import prepare
    from roundsman.sync.restores import HISTORIES, Witness

    witness = Witness(config.data_folder / HISTORIES)
    wanted = (prepare(gather()), refuse_restored) if is_serving else (prepare(gather()),)
    return Companies(config, prepare=wanted, first=(witness.compare,))


def _serve(arguments: argparse.Namespace, _config: Config) -> int:
    # By the environment, since every serving process reads its settings from there.
    for name in ("host", "port", "workers"):
        if getattr(arguments, name) is not None:
            os.environ[f"ROUNDSMAN_{name.upper()}"] = getattr(arguments, name)
    config = read_config()
    from roundsman.serving import serve

    if not config.companies:
        # Before any process starts, so that what is wrong is said once and plainly.
        _bring_up(config, is_serving=True)
    try:
        return serve(config)
    except OSError as error:
        raise ConfigError(
            f"ROUNDSMAN_HOST and _PORT: cannot listen on {config.host}:{config.port}: {error.strerror}"
        ) from error


def _dev(arguments: argparse.Namespace, _config: Config) -> int:
    if arguments.port is not None:
        os.environ["ROUNDSMAN_PORT"] = arguments.port
    from roundsman.serving import develop

    return develop(ROOT, read_config())


def _check(_arguments: argparse.Namespace, _config: Config) -> int:
    command = ["/bin/sh", str(ROOT / "tests" / "run"), "lint"]
    return subprocess.run(command, check=False).returncode  # noqa: S603  # our own script


def _migrate(arguments: argparse.Namespace, config: Config) -> int:
    return _move(arguments, config) if arguments.to else _bring_up(config)


def _bring_up(config: Config, *, is_serving: bool = False) -> int:
    async def run() -> None:
        companies = companies_of(config, is_serving=is_serving)
        try:
            for company in companies:
                await companies.ready(company)
        finally:
            await companies.close()

    asyncio.run(run())
    return 0


def _move(arguments: argparse.Namespace, config: Config) -> int:
    from roundsman.domains import gather
    from roundsman.moving import move

    try:
        target = db.connect_to(arguments.to)
    except ValueError as error:
        raise ConfigError(f"--to: {error}") from error

    def say(table: str, done: int, total: int) -> None:
        end = "\n" if done == total else ""
        print(f"\r{table}: {done} of {total}", end=end, file=sys.stderr, flush=True)

    async def run(company: Company) -> None:
        if target.url == company.database.url:
            raise ConfigError("--to is the database the company is in")
        copied = await move(company.database, target, gather(), say)
        print(
            f"Moved {sum(copied.values())} rows of {len(copied)} tables. Now set the database's address and start."
        )

    return in_company(run, config, arguments.company)


def _import(arguments: argparse.Namespace, config: Config) -> int:
    import msgspec

    from roundsman import importing
    from roundsman.core.sheets import SIZE_MAX
    from roundsman.domains import gather

    try:
        with arguments.file.open("rb") as file:
            content = file.read(SIZE_MAX + 1)
    except OSError as error:
        raise ConfigError(f"{arguments.file}: {error.strerror}") from error

    async def run(_company: Company) -> None:
        registry = gather()
        by = await importing.find_importer(registry, arguments.by)
        name, is_trial = arguments.file.name, arguments.dry_run
        if arguments.kind == "customers":
            result = await importing.import_customers(
                registry,
                by,
                content,
                name,
                territory_id=await importing.find_place(arguments.territory),
                owner_id=await importing.find_owner(arguments.owner),
                is_gcj02=arguments.gcj02,
                is_trial=is_trial,
            )
        elif arguments.kind == "orders":
            result = await importing.import_orders(
                registry,
                by,
                content,
                name,
                customer_id=await importing.find_customer(arguments.customer),
                source=arguments.source,
                is_trial=is_trial,
            )
        elif arguments.kind == "stock":
            result = await importing.import_stock(registry, by, content, name, is_trial=is_trial)
        elif arguments.kind == "targets":
            result = await importing.import_targets(registry, by, content, name, is_trial=is_trial)
        else:
            result = await importing.import_products(registry, by, content, name, is_trial=is_trial)
        if arguments.json:
            print(msgspec.json.encode(result).decode())
            return
        for line in importing.in_words(result, kind=arguments.kind, is_trial=is_trial):
            print(line)

    return in_company(run, config, arguments.company)


def _demo(arguments: argparse.Namespace, config: Config) -> int:
    from roundsman.demo import ACCOUNTS, DAYS, PASSWORD, load
    from roundsman.domains import gather

    async def run(_company: Company) -> None:
        if not await load(gather(), days=0 if arguments.without_history else DAYS):
            print("The demo company is here already.")
        print(f"Sign in with the password {PASSWORD} as")
        for account in ACCOUNTS:
            print(f"  {account.login:<6} {account.name}  {account.title}")

    return in_company(run, config, arguments.company)


def _wire(_arguments: argparse.Namespace, _config: Config) -> int:
    from roundsman.wire import write

    for path in write(ROOT):
        print(path.relative_to(ROOT))
    return 0


def _worker(_arguments: argparse.Namespace, config: Config) -> int:
    from roundsman.core.jobs import run_worker
    from roundsman.domains import gather

    async def run() -> None:
        companies = companies_of(config)
        try:
            await run_worker(companies, gather())
        finally:
            await companies.close()

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    return 0


def _backup(arguments: argparse.Namespace, config: Config) -> int:
    from roundsman.backup import back_up

    if arguments.keep is not None and not (arguments.keep > 0 and arguments.target.is_dir()):
        raise ConfigError(
            "--keep is a number from 1, and the backups it counts lie in a folder that is there"
        )
    company = company_of(companies_of(config), arguments.company)
    written = asyncio.run(back_up(company, config, arguments.target, keep=arguments.keep or 0))
    if not written.has_photos:
        print(f"{written.path} holds the database; its photos are in {config.default_photos_url}")
    else:
        print(f"{written.path} holds the database and {written.photos - len(written.lost)} photos")
    for id in written.lost:
        print(f"roundsman: the bytes of {id} are not on the disk", file=sys.stderr)
    return 1 if written.lost else 0


def _restore(arguments: argparse.Namespace, config: Config) -> int:
    from roundsman.backup import restore

    company = company_of(companies_of(config), arguments.company)
    epoch = asyncio.run(restore(company, config, arguments.source))
    print(f"Restored; phones will send again what is missing (epoch {epoch})")
    return 0
