"""What every HTTP answer of the server shares: problems, paging, ETags, who asks, the front door and the
built app.

Routes themselves belong to the domains; this package knows none of them.
"""

from roundsman.core.http.auth import (
    COOKIE,
    COOKIE_PLAIN,
    RequestCtx,
    cookie_name,
    ctx_of,
    find_session,
    person_of,
    session_of,
    token_of,
)
from roundsman.core.http.etags import answer_with_etag, etag_of, is_known
from roundsman.core.http.paging import After, Limit, Page, page_of, read_cursor, write_cursor
from roundsman.core.http.problems import Problem, Unauthenticated, problem_answer

__all__ = [
    "COOKIE",
    "COOKIE_PLAIN",
    "After",
    "Limit",
    "Page",
    "Problem",
    "RequestCtx",
    "Unauthenticated",
    "answer_with_etag",
    "cookie_name",
    "ctx_of",
    "etag_of",
    "find_session",
    "is_known",
    "page_of",
    "person_of",
    "problem_answer",
    "read_cursor",
    "session_of",
    "token_of",
    "write_cursor",
]
