"""Who may knock without signing in, and with the session of a phone that is to be wiped, as literal tables; and
that everything else is closed."""

from __future__ import annotations

import pytest

from roundsman.app import App, create_app
from roundsman.core.config import Config
from roundsman.core.http.document import public_routes

PUBLIC = [
    ("GET", "/api/agents/invitations/{token:str}"),
    ("GET", "/api/identity/first_run"),
    ("GET", "/api/openapi.json"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("POST", "/api/agents/registrations"),
    ("POST", "/api/identity/first_run"),
    ("POST", "/api/identity/sign_in"),
    ("POST", "/api/identity/sign_out"),
]
LETS_LOCKED_IN = ["/api/sync/hello", "/api/sync/pull", "/api/sync/push"]


@pytest.fixture(scope="module")
def app() -> App:
    return create_app(Config(data="/nowhere", app="/nowhere", runs_jobs=False))


def test_the_routes_without_a_session_are_these(app: App) -> None:
    assert public_routes(app) == PUBLIC


def test_the_routes_open_to_a_phone_that_is_to_be_wiped_are_these(app: App) -> None:
    found = {
        route.path
        for route in app.routes
        for handler in getattr(route, "route_handlers", None) or [route.route_handler]  # type: ignore[union-attr]
        if handler.opt.get("lets_locked_in")
    }
    assert sorted(found) == LETS_LOCKED_IN


def test_every_other_route_has_the_guard(app: App) -> None:
    for route in app.routes:
        handlers = getattr(route, "route_handlers", None) or [route.route_handler]  # type: ignore[union-attr]
        for handler in handlers:
            assert "require_session" in {guard.__name__ for guard in handler.resolve_guards()}, route.path


def test_every_route_of_a_domain_is_under_its_name(app: App) -> None:
    domains = {domain.name for domain in app.state.registry.domains}
    # What other programs ask by a name of its own, documented so.
    domains |= {"rankings"}
    for route in app.routes:
        if route.path.startswith("/api/") and route.path != "/api/openapi.json":
            assert route.path.split("/")[2] in domains | {"commands"}, route.path
