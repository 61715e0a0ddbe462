"""What the OpenAPI document says against what the app does, by generated requests: no crash, no status and no media
type that is not in the document."""

from __future__ import annotations

from itertools import product
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from roundsman.core.http.document import document_of
from roundsman.core.ids import new_id
from tests.cast import Cast, the_app

EXAMPLES: Final = 2
"""Requests for each operation."""
# It signs the tester out, or never ends.
LEFT_OUT: Final = frozenset({"/api/identity/sign_out", "/api/sync/events"})
PARTS: Final = ("method", "url", "params", "json", "content")
CHECKS: Final = (not_a_server_error, status_code_conformance, content_type_conformance)


def cases_of(operation: Any) -> list[Any]:
    """Requests an operation might get, the same each time."""
    cases: list[Any] = []
    strategy = operation.as_strategy()

    @seed(20_260_308)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def draw(data: Any) -> None:
        cases.append(data.draw(strategy))

    draw()
    return cases


@pytest.fixture(scope="module")
def operations() -> list[tuple[str, list[Any]]]:
    """Every operation with requests for it: making them up takes longer than answering them."""
    schema = schemathesis.openapi.from_dict(document_of(the_app()))
    found = [result.ok() for result in schema.get_all_operations()]
    return [(operation.label, cases_of(operation)) for operation in found if operation.path not in LEFT_OUT]


def request_of(case: Any) -> dict[str, Any]:
    """What httpx is to send."""
    made = case.as_transport_kwargs(base_url="http://rounds.test")
    sent = {name: made[name] for name in PARTS if made.get(name) is not None}
    content = made.get("data")
    if content is not None:
        sent["content"] = content if isinstance(content, bytes) else str(content).encode("utf-8", "replace")
    sent["headers"] = dict(made.get("headers") or {})
    if "commands" in case.operation.path:
        sent["headers"]["idempotency-key"] = new_id()
    return sent


@pytest.mark.slow(18)
async def test_the_app_does_what_its_document_says(
    operations: list[tuple[str, list[Any]]], cast: Cast
) -> None:
    clients = [await cast.client("administrator"), await cast.client("rep"), cast.anybody()]
    wrong, sent = [], 0
    # What a document says does not depend on the database: the second one gets half as many.
    count = EXAMPLES if cast.database.dialect == "sqlite" else 1
    for (label, cases), client in product(operations, clients):
        for case in cases[:count]:
            answer = await client.request(**request_of(case))
            sent += 1
            try:
                case.validate_response(
                    schemathesis.Response.from_httpx(answer, verify=True), checks=list(CHECKS)
                )
            except (FailureGroup, Failure) as failure:
                wrong.append(f"{label}: {failure} {getattr(failure, 'exceptions', '')}")
                break
    assert not wrong, "\n".join(wrong)
    assert sent > 2 * count * len(operations)
