"""Who may knock without signing in, as a literal table; and that everything else is closed."""

from __future__ import annotations

import pytest

from roundsman.app import App, create_app
from roundsman.core.config import Config
from roundsman.core.http.document import public_routes

PUBLIC = [
    ("GET", "/api/identity/first_run"),
    ("GET", "/api/openapi.json"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("POST", "/api/identity/first_run"),
    ("POST", "/api/identity/sign_in"),
    ("POST", "/api/identity/sign_out"),
]


@pytest.fixture(scope="module")
def app() -> App:
    return create_app(Config(data="/nowhere", app="/nowhere", runs_jobs=False))


def test_the_routes_without_a_session_are_these(app: App) -> None:
    assert public_routes(app) == PUBLIC


def test_every_other_route_has_the_guard(app: App) -> None:
    for route in app.routes:
        handlers = getattr(route, "route_handlers", None) or [route.route_handler]  # type: ignore[union-attr]
        for handler in handlers:
            assert "require_session" in {guard.__name__ for guard in handler.resolve_guards()}, route.path


def test_every_route_of_a_domain_is_under_its_name(app: App) -> None:
    domains = {domain.name for domain in app.state.registry.domains}
    for route in app.routes:
        if route.path.startswith("/api/") and route.path != "/api/openapi.json":
            assert route.path.split("/")[2] in domains | {"commands"}, route.path
