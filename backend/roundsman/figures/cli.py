"""`roundsman check-figures` and `roundsman figures rebuild`: whether the figures are what the documents say."""

import argparse
from typing import Any

from roundsman.core.companies import Company
from roundsman.figures.commands.checking import differing
from roundsman.figures.commands.mending import rebuild


def add_commands(commands: Any) -> None:
    """Both."""
    check = commands.add_parser(
        "check-figures", help="compare the figures with the documents; exits 1 when they differ"
    )
    check.add_argument(
        "--sample", type=int, default=None, help="only so many of the newest documents of each kind"
    )
    check.set_defaults(work=_check)
    figures = commands.add_parser("figures", help="the facts behind rankings")
    deeds = figures.add_subparsers(dest="deed", required=True, metavar="deed")
    rebuild = deeds.add_parser(
        "rebuild", help="make all of them again from the documents; whose they were stays"
    )
    rebuild.set_defaults(work=_rebuild)
    for one in (check, rebuild):
        one.add_argument("--company", default="", help="host name of the company, where there are several")


async def _check(arguments: argparse.Namespace, _company: Company) -> None:
    found = await differing(arguments.sample)
    print("\n".join(found) if found else "The figures are what the documents say.")
    if found:
        raise SystemExit(1)


async def _rebuild(_arguments: argparse.Namespace, _company: Company) -> None:
    print(f"Made again; {await rebuild()} sums were not what the documents say.")
