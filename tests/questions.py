"""What can be asked of the server: every route that reads, with the parameters its document names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from roundsman.app import App
from roundsman.core.http.document import document_of

NOBODYS: Final = "00000000-0000-7000-8000-000000000000"
NEEDED: Final = {
    "list": NOBODYS,
    "key": NOBODYS,
    "metric": "sales",
    "by": "rep",
    "from": "2020-01-01",
    "to": "2029-12-31",
}
"""What a route wants before it answers at all; a question may ask for something else."""


@dataclass(frozen=True)
class Reading:
    """One route: its path with the names of its parts in braces, and what it may be asked for."""

    path: str
    parameters: frozenset[str]
    needs: frozenset[str]

    @property
    def parts(self) -> list[str]:
        """The names of what its path has in braces."""
        return [part.strip("{}") for part in self.path.split("/") if part.startswith("{")]

    def questions(self, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those of some questions that mean something here, each once and with what the route needs."""
        needed = {name: NEEDED[name] for name in self.needs}
        return [{**needed, **one} for one in questions if one.keys() <= self.parameters]


def readings_of(app: App) -> list[Reading]:
    """Every GET route of the API but the stream that never ends."""
    paths = document_of(app)["paths"]
    found = []
    for path, methods in paths.items():
        if "get" not in methods or "events" in path:
            continue
        asked = [one for one in methods["get"].get("parameters", ()) if one["in"] == "query"]
        found.append(
            Reading(
                path,
                frozenset(one["name"] for one in asked),
                frozenset(one["name"] for one in asked if one.get("required")),
            )
        )
    return found
