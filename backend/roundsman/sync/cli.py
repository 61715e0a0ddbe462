"""`roundsman sync …`: how things stand, collecting tombstones, and a new name for the history after a
restore."""

import argparse
import json
from typing import Any

from roundsman.core.companies import Company
from roundsman.core.times import DAY
from roundsman.sync.collection import TOMBSTONES_KEPT, collect, rotate_epoch, status


def add_commands(commands: Any) -> None:
    """sync status, sync collect, sync rotate-epoch."""
    parts = commands.add_parser("sync", help="look after the sync engine").add_subparsers(
        dest="part", required=True, metavar="part"
    )
    named = {
        "status": ("head, feed, phones, commands and what is quarantined, as JSON", _status),
        "collect": ("forget old removals; phones that were away longer read those buckets again", _collect),
        "rotate-epoch": ("after a restore: phones pull everything and send their journals again", _rotate),
    }
    for name, (about, work) in named.items():
        part = parts.add_parser(name, help=about)
        part.add_argument("--company", default="", help="host name, where there are several companies")
        part.set_defaults(work=work)
    parts.choices["collect"].add_argument(
        "--days", type=int, default=TOMBSTONES_KEPT // DAY, help="what is kept"
    )


async def _status(_arguments: argparse.Namespace, _company: Company) -> None:
    print(json.dumps(await status(), indent=2))


async def _collect(arguments: argparse.Namespace, _company: Company) -> None:
    print(await collect(arguments.days * DAY))


async def _rotate(_arguments: argparse.Namespace, _company: Company) -> None:
    print(await rotate_epoch())
