"""Where the shared real data is; tests that read it are skipped where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("ROUNDSMAN_SHARED") or Path(__file__).parents[2] / "shared") / "data"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the shared data is not at {SHARED}")
"""Marks a test, or as `pytestmark` a module, that reads it."""


def shared(*parts: str) -> Path:
    """A file of it."""
    return SHARED.joinpath(*parts)
