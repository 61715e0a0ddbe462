"""`roundsman`: reads the command line, finds the subcommand among those of the packages, and says plainly
what is wrong.
"""

import argparse
import sys
from functools import partial
from importlib import import_module
from importlib.util import find_spec

from roundsman import cli
from roundsman.core import db, logs
from roundsman.core.config import ConfigError, read_config
from roundsman.core.errors import Refusal
from roundsman.domains import DOMAINS


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    made = argparse.ArgumentParser(
        prog="roundsman", description="Rounds for trading companies, offline first."
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="command")
    cli.add_commands(commands)
    for package in ("sync", *DOMAINS):
        if find_spec(f"roundsman.{package}.cli") is not None:
            import_module(f"roundsman.{package}.cli").add_commands(commands)
    return made


def main(arguments: list[str] | None = None) -> int:
    """Run one subcommand; what the process ends with: 0 done, 1 it could not be done, 2 it was asked for
    wrongly.
    """
    given = parser().parse_args(arguments)
    try:
        config = read_config()
        logs.set_up(config.log, config.log_format)
        if hasattr(given, "work"):
            return cli.in_company(partial(given.work, given), config, given.company)
        return int(given.run(given, config) or 0)
    except ConfigError as error:
        print(f"roundsman: {error}", file=sys.stderr)
        return 2
    except (Refusal, db.MigrationError, db.Unavailable, RuntimeError, OSError) as error:
        print(f"roundsman: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
