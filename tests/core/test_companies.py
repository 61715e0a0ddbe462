"""Several companies in one process: each host its own database, and nobody of the one is anybody in the
other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from roundsman.core.companies import Companies
from roundsman.core.config import Config
from roundsman.core.errors import NotFound
from tests.core.trial import served, sign_in_first
from tests.databases import postgres_database


async def test_a_token_of_one_company_means_nothing_in_the_other(
    tmp_path: Path, sqlite_url: str, server_url: str
) -> None:
    async with postgres_database(server_url) as second:
        companies = {"tea.test": sqlite_url, "wine.test": second}
        async with served("", tmp_path, companies=companies) as client:
            tea, wine = "http://tea.test", "http://wine.test:8000"
            client.base_url = tea
            await sign_in_first(client)
            token = {"Authorization": f"Bearer {client.cookies['roundsman']}"}
            client.cookies.clear()
            assert (await client.get(f"{tea}/api/identity/me", headers=token)).status_code == 200
            assert (await client.get(f"{wine}/api/identity/me", headers=token)).status_code == 401
            assert (await client.get(f"{wine}/api/identity/first_run")).json() == {"is_needed": True}
            assert (await client.get(f"{tea}/api/identity/first_run")).json() == {"is_needed": False}
            unknown = await client.get("http://beer.test/api/identity/first_run")
            assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_host")
            assert (await client.get("http://beer.test/healthz")).status_code == 200


def test_a_host_is_found_by_its_name_alone() -> None:
    companies = Companies(Config(companies={"tea.test": "sqlite:///a.db", "wine.test": "sqlite:///b.db"}))
    for host in ("tea.test", "TEA.test", "tea.test:8443", "tea.test."):
        assert companies.find(host).host == "tea.test"
    for host in ("", "test", "tea.test.evil", "wine.tea.test"):
        with pytest.raises(NotFound):
            companies.find(host)


async def test_a_database_that_cannot_be_opened_is_busy_and_tried_again(tmp_path: Path) -> None:
    missing = "postgresql://nobody@127.0.0.1:1/none"
    good = f"sqlite:///{tmp_path}/good.db"
    async with served("", tmp_path, companies={"bad.test": missing, "good.test": good}) as client:
        for _ in range(2):
            answer = await client.get("http://bad.test/readyz")
            assert (answer.status_code, answer.json()["kind"]) == (503, "busy")
            assert answer.headers["retry-after"] == "5"
        assert (await client.get("http://good.test/readyz")).status_code == 200
