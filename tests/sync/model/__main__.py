"""Command line of the model: replay one seed, soak many, export traces for the phone's core."""

import argparse
import sys
import time
from pathlib import Path

from tests.sync.model.bugs import chosen
from tests.sync.model.chance import run
from tests.sync.model.oracle import Violation
from tests.sync.model.scenarios import SCENARIOS
from tests.sync.model.trace import export


def _seeds(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.sync.model", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, seeds in (("run", "--seed"), ("soak", "--seeds")):
        one = commands.add_parser(name)
        one.add_argument(seeds, dest="seeds", type=_seeds, required=True, metavar="N or N-M")
        one.add_argument("--scenario", default="usual", choices=sorted(SCENARIOS))
        one.add_argument("--steps", type=int, default=220)
        one.add_argument("--bugs", default="", help="comma-separated switches")
    traces = commands.add_parser("export")
    traces.add_argument("--seeds", type=_seeds, default=_seeds("0-39"))
    traces.add_argument("--out", type=Path, default=Path("tests/vectors/sync"))
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    if arguments.command == "export":
        coverage = export(arguments.seeds, arguments.out)
        for tag, times in sorted(coverage.items()):
            print(f"{times:6} {tag}")
        sizes = [path.stat().st_size for path in arguments.out.glob("*.json")]
        print(f"{len(sizes)} traces, {sum(sizes) / 1e6:.2f} MB")
        return 0
    bugs = chosen(*filter(None, arguments.bugs.split(",")))
    scenario = SCENARIOS[arguments.scenario]
    started, violations = time.monotonic(), 0
    for seed in arguments.seeds:
        try:
            run(seed, scenario, bugs, arguments.steps)
        except Violation as violation:
            violations += 1
            print(f"seed {seed}: {violation}", *violation.__notes__, sep="\n")
    print(f"{len(arguments.seeds)} seeds, {violations} violations, {time.monotonic() - started:.1f} s")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
