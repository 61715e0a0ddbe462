"""The SQLite side: one writing connection, a few reading ones, and a consistent copy while in use.

Statements of a unit of work run on the event loop's own thread, where they cost microseconds; only COMMIT,
which waits for the disk, runs in the writer's thread. Reads outside a unit of work run in readers' threads.
"""

from roundsman.core.db.sqlite.copying import backup
from roundsman.core.db.sqlite.database import SqliteDatabase
from roundsman.core.db.sqlite.transactions import SqliteSnapshot, SqliteTransaction

__all__ = ["SqliteDatabase", "SqliteSnapshot", "SqliteTransaction", "backup"]
