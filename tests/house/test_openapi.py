"""What the OpenAPI document says against what the app does, by generated requests: no crash, no status and no media
type that is not in the document."""

from __future__ import annotations

import asyncio
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

EXAMPLES: Final = 8
"""Requests for each operation."""
# It signs the tester out, or never ends.
LEFT_OUT: Final = frozenset({"/api/identity/sign_out", "/api/sync/events"})
PARTS: Final = ("method", "url", "params", "json", "content")
CHECKS: Final = (not_a_server_error, status_code_conformance, content_type_conformance)


def operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(document_of(the_app()))
    found = [result.ok() for result in schema.get_all_operations()]
    return [operation for operation in found if operation.path not in LEFT_OUT]


@pytest.mark.slow
@pytest.mark.parametrize("who", ["administrator", "rep", None])
async def test_the_app_does_what_its_document_says(cast: Cast, who: str | None) -> None:
    client = cast.anybody() if who is None else await cast.client(who)
    loop = asyncio.get_running_loop()
    examples = EXAMPLES if who == "administrator" else 3

    def knock(operation: Any) -> None:
        @seed(20_260_308)
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(data=st.data())
        def run(data: Any) -> None:
            case = data.draw(operation.as_strategy())
            request = case.as_transport_kwargs(base_url="http://rounds.test")
            headers = dict(request.get("headers") or {})
            if "commands" in operation.path:
                headers["idempotency-key"] = new_id()
            sent = {name: request[name] for name in PARTS if request.get(name) is not None}
            content = request.get("data")
            if content is not None:
                sent["content"] = (
                    content if isinstance(content, bytes) else str(content).encode("utf-8", "replace")
                )
            sent["headers"] = headers
            future = asyncio.run_coroutine_threadsafe(client.request(**sent), loop)
            answer = future.result(30)
            response = schemathesis.Response.from_httpx(answer, verify=True)
            case.validate_response(response, checks=list(CHECKS))

        run()

    wrong = []
    for operation in operations():
        try:
            await asyncio.to_thread(knock, operation)
        except (FailureGroup, Failure) as failure:
            wrong.append(f"{operation.label}: {failure} {getattr(failure, 'exceptions', '')}")
    assert not wrong, "\n".join(wrong)
