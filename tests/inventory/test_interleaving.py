"""The laws of the ledger while several processes, each with several tasks, fight for the last pieces."""

from __future__ import annotations

import asyncio
import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.inventory.process_for_ledger import ACTS
from tests.make.catalog import make_variant
from tests.make.inventory import check_ledger, make_stock, make_warehouse

ROOT = Path(__file__).parents[2]
PROCESSES = 3
SECONDS = float(os.environ.get("ROUNDSMAN_LEDGER_SECONDS", "1"))


@pytest.mark.slow(10)
async def test_the_ledger_balances_under_many_writers(cast: Cast) -> None:
    for name in ("主仓", "二仓"):
        warehouse_id = await make_warehouse(cast, name=name)
        for _ in range(4):
            await make_stock(cast, warehouse_id, await make_variant(cast), 25_000)
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            str(Path(__file__).with_name("process_for_ledger.py")),
            cast.database.url,
            cast.people["clerk"],
            str(SECONDS),
            str(seed),
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'backend'}{os.pathsep}{ROOT}"},
        )
        for seed in range(PROCESSES)
    ]
    done: Counter[str] = Counter()
    for process in processes:
        told, _ = await process.communicate()
        assert process.returncode == 0
        done += Counter(told.decode().split())
    await check_ledger()
    # Rows are locked in one order and every act is a transaction of its own: nobody ever waits in a circle.
    assert set(done) - set(ACTS) <= {"inventory.below_reserved"}, done
