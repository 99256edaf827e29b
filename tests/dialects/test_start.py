"""What the door and the loading of a shop do without, so that a function answers soon after its start."""

import subprocess
import sys

import pytest

LATE = ("babel", "email_validator", "holidays", "jinja2", "phonenumbers")

DOOR = """
from datetime import UTC, datetime
from shopbell.dialects import native, signatures
from shopbell.dialects.examples import EXAMPLES
import json, shopbell.service.door.receive
native.check(json.dumps(EXAMPLES["order.placed"]).encode(), datetime(2026, 3, 2, 8, tzinfo=UTC))
"""

CONTACTS = """
from shopbell.dialects.native import unreadable_contacts
customer = {"email": "olena@customer.example", "locale": "uk", "timezone": "Europe/Kyiv"}
unreadable_contacts({"data": {"order": {"customer": customer}}}, str, {"uk"})
"""

SHOP = """
from shopbell.configuration.reading import read_shop
read_shop("dobra", {
    "name": "Dobra",
    "contacts": {"email": "hello@dobra.example", "phone": "+380441234567", "site": "https://dobra.example"},
    "sender": {"email": "post@dobra.example", "name": "Dobra", "sms_id": "DOBRA"},
}, ())
"""


@pytest.mark.parametrize("code", [DOOR, CONTACTS, SHOP])
def test_no_library_is_loaded_that_this_does_not_need(code: str) -> None:
    asked = f"{code}\nimport sys; print(*[name for name in {LATE} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=environment())
    assert found.stdout.split() == []


def environment() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(filter(None, sys.path))}
