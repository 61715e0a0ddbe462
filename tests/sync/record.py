"""Records the present build for ever: `python -m tests.sync.record 2026-11-22`. Run it when a command, its version or
its arguments changed and the test of the corpus says so; what was recorded before stays as it is.

The phone's half writes requests.json and database.json (pwa/src/sync/corpus.test.ts), this one what the server answers.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from roundsman.core import db
from roundsman.core.times import FixedClock, use_clock
from tests.cast import _make_stage, staged, the_registry
from tests.sync.builds import BEGAN, FOLDER, digests, read_build, replay, shapes

PWA = FOLDER.parents[2] / "pwa"


async def answered(name: str) -> None:
    """Write what the server answers to the recorded day, and what the build consists of."""
    registry = the_registry()
    feeds = {feed: registry.feeds[feed].version for feed in sorted(registry.feeds)}
    about = {"commands": shapes(registry), "feeds": feeds}
    write(FOLDER / name / "build.json", about)
    clock = FixedClock(BEGAN)
    with tempfile.TemporaryDirectory() as folder, use_clock(clock):
        url = f"sqlite:///{Path(folder) / 'company.db'}"
        await _make_stage(url)
        async with db.connect_to(url) as database:
            with db.use(database):
                async with staged(database) as stage:
                    answers = await replay(stage, read_build(name), clock)
    write(FOLDER / name / "answers.json", answers)
    write(FOLDER / name / "build.json", {**about, "sha256": digests(name)})


def write(path: Path, value: object) -> None:
    """JSON as it stands in the repository."""
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", "utf-8")


def main() -> None:
    """Record a build under the name given."""
    (name,) = sys.argv[1:]
    vitest = PWA / "node_modules" / ".bin" / "vitest"
    environment = {**os.environ, "ROUNDSMAN_RECORD": name}
    subprocess.run([str(vitest), "run", "src/sync/corpus.test.ts"], cwd=PWA, env=environment, check=True)
    asyncio.run(answered(name))


if __name__ == "__main__":
    main()
