"""The log: one line per event, for people or for machines. No names, phone numbers, positions or tokens go
in; an id does.
"""

import logging
import sqlite3
import sys
import traceback
from types import TracebackType
from typing import Any, Final

import asyncpg  # type: ignore[import-untyped]  # the wheel carries no types
import structlog
from structlog.typing import EventDict, WrappedLogger

# Their messages quote the row that was refused.
_TELLS_TOO_MUCH: Final = (sqlite3.Error, asyncpg.PostgresError)
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def _without_row(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    given: Any = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        lines: list[str] = []
        part: BaseException | None = error
        while part is not None and len(lines) < 200:
            frames = traceback.format_tb(part.__traceback__)
            said = getattr(part, "sqlstate", None) or "" if isinstance(part, _TELLS_TOO_MUCH) else str(part)
            lines = [*frames, f"{type(part).__module__}.{type(part).__qualname__}: {said}\n", *lines]
            part = part.__cause__ or (None if part.__suppress_context__ else part.__context__)
        event["exception"] = "".join(lines).rstrip()
    return event


def set_up(level: str = "info", style: str = "text") -> None:
    """Send structlog and the standard library's log to stderr, from `level` up, as `text` or `json` lines."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_row,
    ]
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # Our own line per request says more and knows what not to say.
    logging.getLogger("uvicorn.access").disabled = True
    # These write requests with their addresses, every statement, or that they start and stop.
    for noisy in ("httpx", "httpcore", "aiosqlite", "asyncio", "uvicorn.error"):
        logging.getLogger(noisy).setLevel("WARNING")
