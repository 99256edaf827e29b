"""The door hands requests to the functions as API Gateway does, and answers whatever comes."""

import base64
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.local.outsider import HANGS, Outsider


def echo(passer_by: Outsider, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
    """The event that the function got."""
    return passer_by.ask("POST", f"/echo/{path}", body, headers).json()


def raw(passer_by: Outsider, sent: bytes) -> bytes:
    """The answer to bytes that need not be HTTP."""
    address = urlsplit(passer_by.base_url)
    with socket.create_connection((str(address.hostname), int(address.port or 0)), HANGS) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_request_becomes_an_event_of_payload_2(passer_by: Outsider) -> None:
    event = echo(passer_by, "a%2Fb/%D1%8F?x=1&x=2&y=", b"{}", {"X-One": "1", "Cookie": "q=1; w=2"})
    assert (event["version"], event["routeKey"]) == ("2.0", "ANY /echo/{rest+}")
    assert event["pathParameters"] == {"rest": "a/b/я"}
    assert (event["rawPath"], event["rawQueryString"]) == ("/echo/a/b/я", "x=1&x=2&y=")
    assert event["queryStringParameters"] == {"x": "1,2", "y": ""}
    assert event["cookies"] == ["q=1", "w=2"]
    assert event["headers"]["x-one"] == "1"
    assert event["requestContext"]["http"]["method"] == "POST"
    assert (event["body"], event["isBase64Encoded"]) == ("{}", False)


@pytest.mark.parametrize(
    ("kind", "body", "encoded"),
    [
        ("application/json", "я".encode(), False),
        ("application/json; charset=utf-8", b"{}", False),
        ("application/cloudevents+json", b"{}", False),
        ("text/plain", b"\xff\x00", True),
        ("application/octet-stream", b"text", True),
        ("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click", True),
    ],
)
def test_a_body_that_is_not_text_comes_in_base64(passer_by: Outsider, kind: str, body: bytes, encoded: bool) -> None:
    event = echo(passer_by, "body", body, {"Content-Type": kind})
    sent = base64.b64decode(event["body"]) if encoded else event["body"].encode()
    assert (event["isBase64Encoded"], sent) == (encoded, body)


def test_the_functions_answer_comes_back_whole(passer_by: Outsider) -> None:
    answer = passer_by.ask("POST", "/echo/anything")
    assert (answer.status, answer.headers["content-type"]) == (201, "application/json")
    assert b"Set-Cookie: a=1\r\nSet-Cookie: b=2" in raw(passer_by, b"GET /echo/cookies HTTP/1.0\r\n\r\n")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/tell/ann", 404),
        ("POST", "/tell/ann/bob", 404),
        ("POST", "/tell/", 404),
        ("BREW", "/tell/ann", 404),
        ("HEAD", "/tell/ann", 404),
        ("HEAD", "/local/health", 200),
        ("DELETE", "/local/messages", 405),
        ("POST", "/echo/crash", 500),
    ],
)
def test_each_path_and_method_has_one_answer(passer_by: Outsider, method: str, path: str, status: int) -> None:
    assert passer_by.ask(method, path).status == status


def test_a_body_over_ten_megabytes_is_refused(passer_by: Outsider) -> None:
    assert echo(passer_by, "large", b"x" * 1_000_000)["body"] == "x" * 1_000_000
    assert b" 413 " in raw(passer_by, b"POST /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10485761\r\n\r\n")


def test_a_body_in_chunks_is_put_together(passer_by: Outsider) -> None:
    head = b"POST /echo/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert b'"body": "abc"' in raw(passer_by, head + b"1\r\na\r\n2;note=1\r\nbc\r\n0\r\nTrailer: 1\r\n\r\n")
    assert b" 400 " in raw(passer_by, head + b"nonsense\r\n")


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\xff\xfe\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"POST /echo/x HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /echo/x HTTP/1.1\r\nContent-Length: \xd9\xa3\r\n\r\n",
    ],
)
def test_bytes_that_are_no_request_are_refused_and_do_no_harm(passer_by: Outsider, sent: bytes) -> None:
    answer = raw(passer_by, sent)
    assert not answer or b" 4" in answer.split(b"\r\n")[0] or b" 505 " in answer.split(b"\r\n")[0]
    assert passer_by.ask("GET", "/local/health").status == 200


def test_hostile_paths_are_one_answer_away_from_nothing(passer_by: Outsider) -> None:
    for path in ("/echo/%00", "/echo/%ff", "/echo/..%2f..%2fetc", "/echo/{rest}", "//echo/x", "/local/shops/%00"):
        assert passer_by.ask("POST", path, {}).status < 500
