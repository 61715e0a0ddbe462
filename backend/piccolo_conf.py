"""For Piccolo's own command line, run from this folder: `piccolo migrations check`."""

import os

from roundsman.core.db import connect_to
from roundsman.core.db.piccolo_conf import APP_REGISTRY, DB

__all__ = ["APP_REGISTRY", "DB"]

DB.fallback = lambda: connect_to(os.environ.get("ROUNDSMAN_DATABASE_URL", "sqlite:///roundsman.db"))
