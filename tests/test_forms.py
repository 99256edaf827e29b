"""Forms as browsers and mail providers post them."""

import pytest

from shopbell.http_forms import fields

URLENCODED = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=----edge"
CLICKED = {"List-Unsubscribe": "One-Click"}
NAMED = b'form-data; name="List-Unsubscribe"'


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (URLENCODED, b"List-Unsubscribe=One-Click"),
        (f"{URLENCODED}; charset=utf-8", b"List-Unsubscribe=One%2DClick"),
        ("", b"List-Unsubscribe=One-Click"),
        (
            PARTS,
            b"------edge\r\nContent-Disposition: " + NAMED + b"\r\n\r\nOne-Click\r\n------edge--\r\n",
        ),
        (
            'Multipart/Form-Data; charset=utf-8; boundary="----edge"',
            b"------edge\ncontent-disposition: " + NAMED + b"\nContent-Type: text/plain\n\nOne-Click\n------edge--",
        ),
    ],
)
def test_one_click_is_understood_however_it_is_posted(content_type: str, body: bytes) -> None:
    assert fields(content_type, body) == CLICKED


def test_several_fields_in_parts() -> None:
    part = '------edge\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = part.format("a", "так") + part.format("b", "1\r\n2") + "------edge--\r\n"
    assert fields(PARTS, body.encode()) == {"a": "так", "b": "1\n2"}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (URLENCODED, b""),
        (URLENCODED, b"\xff\xfe\x00"),
        (URLENCODED, b"&&&&=&;"),
        (PARTS, b""),
        (PARTS, b"List-Unsubscribe=One-Click"),
        (PARTS, b"------edge\r\n\r\nOne-Click\r\n------edge--"),
        (PARTS, b"------edge" * 10_000),
        ("multipart/form-data", b"------edge\r\n"),
        ("multipart/form-data; boundary=", b"------edge\r\n"),
        ('multipart/form-data; boundary="\udc80"', b"------edge\r\n"),
        ("application/json", b'{"List-Unsubscribe": "One-Click"}'),
    ],
)
def test_what_is_no_form_says_nothing_and_breaks_nothing(content_type: str, body: bytes) -> None:
    assert fields(content_type, body) == {}
