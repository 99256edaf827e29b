"""The local stack answers to programs of this machine, and to no page of another site in its browser."""

import re

import pytest

from local.routes import ROUTES
from local.wiring import Wiring
from tests.local.outsider import ROOT, Outsider

EVERYWHERE = (
    ("GET", "/"),
    ("GET", "/local/clock"),
    ("POST", "/local/clock"),
    ("PUT", "/local/shops/dobra"),
    ("POST", "/local/reset"),
    ("POST", "/echo/anything"),
    ("OPTIONS", "/echo/anything"),
    ("GET", "/nowhere"),
)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:8700"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
    ids=["host", "host that begins as ours", "origin", "null"],
)
@pytest.mark.parametrize(("method", "path"), EVERYWHERE)
def test_who_comes_from_elsewhere_is_turned_away_at_every_door(
    passer_by: Outsider, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = passer_by.ask(method, path, headers=headers)
    assert (answer.status, answer.headers["content-type"]) == (403, "application/problem+json")
    assert next(iter(headers)) in answer.json()["detail"]


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}], ids=["host", "origin"]
)
def test_so_is_every_route_of_the_product_and_of_the_stack(product: str, headers: dict[str, str]) -> None:
    wiring = Wiring(ROOT / "template.yaml", "http://127.0.0.1:1")
    ours = [(route.method, re.sub(r"{\w+\+?}", "x", route.key.split()[1])) for route in wiring.routes]
    theirs = [(method, path.replace("([^/]+)", "x")) for path, methods in ROUTES for method in methods]
    assert len(ours) >= 8
    for method, path in (*ours, *theirs):
        assert Outsider(product).ask(method, path, headers=headers).status == 403, (method, path)


def test_the_operators_door_of_aws_is_none_for_strangers(passer_by: Outsider) -> None:
    headers = {"X-Amz-Target": "DynamoDB_20120810.ListTables", "Host": "evil.example"}
    assert passer_by.ask("POST", "/", {}, headers).status == 403


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8700", "localhost", "LocalHost:1", "[::1]", "[::1]:8700"],
)
def test_a_name_of_this_machine_is_as_good_as_another(passer_by: Outsider, host: str) -> None:
    assert passer_by.ask("GET", "/local/health", headers={"Host": host}).status == 200
    for scheme in ("http", "https"):
        from_there = {"Host": host, "Origin": f"{scheme}://{host}"}
        assert passer_by.ask("GET", "/local/health", headers=from_there).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "localhost.evil.example"},
        {"Host": "evil.example@localhost"},
        {"Host": "localhost:port"},
        {"Host": "localhost, evil.example"},
        {"Host": "0.0.0.0"},
        {"Host": "192.168.1.5:8700"},
        {"Host": "::1"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "file://"},
        {"Origin": "chrome-extension://localhost"},
        {"Origin": ""},
        {"Origin": "http://localhost, https://evil.example"},
    ],
    ids=str,
)
def test_what_only_resembles_such_a_name_is_none(passer_by: Outsider, headers: dict[str, str]) -> None:
    assert passer_by.ask("GET", "/local/health", headers=headers).status == 403


@pytest.mark.parametrize(("site", "status"), [("same-origin", 200), ("same-site", 403), ("cross-site", 403)])
def test_a_form_of_our_own_page_comes_in_though_its_policy_hides_its_origin(
    passer_by: Outsider, site: str, status: int
) -> None:
    headers = {"Origin": "null", "Sec-Fetch-Site": site}
    assert passer_by.ask("GET", "/local/health", headers=headers).status == status
