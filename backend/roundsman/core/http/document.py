"""The OpenAPI 3.1 document: what the framework derives from the handlers, put in a fixed order, with the
problems every route may answer and which routes need nobody signed in. There are no pages around it: they
would load from elsewhere.
"""

from typing import Any, Final

import msgspec
from litestar import Litestar, Request, Router
from litestar.openapi.plugins import JsonRenderPlugin

from roundsman.core.http.problems import MEDIA_TYPE, Problem

PATH: Final = "/api/openapi.json"
_RESPONSES: Final = {
    "Unauthenticated": "Nobody is signed in.",
    "Forbidden": "Not yours to do.",
    "NotFound": "Not there, or not yours to see.",
    "Conflict": "It would be right on another state of things.",
    "Gone": "It was there and is gone.",
    "TooLarge": "The body is too large.",
    "Invalid": "It makes no sense or breaks a rule.",
    "Error": "Our mistake; it may be tried again.",
    "Busy": "Not now; to be tried again.",
    "TooMany": "Asked too often or sent too much; to be tried again after `Retry-After` seconds.",
}
_ALWAYS: Final = {"413": "TooLarge", "422": "Invalid", "500": "Error", "503": "Busy"}
_SIGNED_IN: Final = {"401": "Unauthenticated", "403": "Forbidden", "404": "NotFound"}
_COMMANDS: Final = {"409": "Conflict", "410": "Gone"}
_LIMITED: Final = {"429": "TooMany"}
_BY_TOKEN: Final = {"404": "NotFound", "410": "Gone"}
_KNOCKING: Final = {"403": "Forbidden", "409": "Conflict"}
_METHODS: Final = ("get", "put", "post", "delete", "patch")


def public_routes(app: Litestar) -> list[tuple[str, str]]:
    """(method, path) of every route that needs nobody signed in, sorted; the automatic OPTIONS answers left
    out.
    """
    return _routes_with(app, "is_public")


def _routes_with(app: Litestar, option: str) -> list[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for route in app.routes:
        handlers = getattr(route, "route_handlers", None) or [route.route_handler]  # type: ignore[union-attr]
        for handler in handlers:
            if handler.opt.get(option):
                # A mount takes every method; where there is a handler, it has the automatic OPTIONS beside
                # it.
                methods = getattr(handler, "http_methods", None) or {"*"}
                found |= {(str(method), route.path) for method in set(methods) - {"OPTIONS"}}
    return sorted(found)


def document_of(app: Litestar) -> dict[str, Any]:
    """The finished document; the same code gives the same document, in the same order."""
    return _finished(app.openapi_schema.to_schema(), app)


def _finished(document: dict[str, Any], app: Litestar) -> dict[str, Any]:
    public = {(method.lower(), path) for method, path in public_routes(app)}
    by_token = {(method.lower(), path) for method, path in _routes_with(app, "is_by_token")}
    limited = {(method.lower(), path) for method, path in _routes_with(app, "is_limited")}
    schemas: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
    _, own = msgspec.json.schema_components([Problem], ref_template="#/components/schemas/{name}")
    schemas |= own
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method not in item:
                continue
            operation = item[method]
            told = _ALWAYS if (method, path) in public else _ALWAYS | _SIGNED_IN
            if (method, path) in public and method != "get":
                told = told | _KNOCKING
            if (method, path) in by_token:
                told = told | _BY_TOKEN
            if (method, path) in limited:
                told = told | _LIMITED
            if path.startswith("/api/commands/"):
                told = told | _COMMANDS
            if (method, path) in public:
                operation["security"] = []
            responses = operation["responses"]
            # What the framework says of 400 is its own shape; ours is 422.
            responses.pop("400", None)
            for status, name in told.items():
                responses[status] = {"$ref": f"#/components/responses/{name}"}
            if operation.get("description") == operation.get("summary"):
                operation.pop("description", None)
            operation["responses"] = dict(sorted(responses.items()))
    document["paths"] = dict(sorted(document["paths"].items()))
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    document["components"]["responses"] = {
        name: {"description": about, "content": {MEDIA_TYPE: problem}} for name, about in _RESPONSES.items()
    }
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


class DocumentPlugin(JsonRenderPlugin):
    """Serves the finished document."""

    def __init__(self) -> None:
        super().__init__(path="/openapi.json")
        self._body: bytes | None = None

    def receive_router(self, router: Router) -> None:
        """Keep only the document's own address: the framework adds pages beside it."""
        router.routes[:] = [route for route in router.routes if route.path == PATH]

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The document as JSON, made at the first request."""
        if self._body is None:
            self._body = msgspec.json.encode(_finished(openapi_schema, request.app))
        return self._body
