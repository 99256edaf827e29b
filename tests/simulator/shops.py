"""The shops of the stories."""

from collections.abc import Mapping
from typing import Any

from shopbell.domain.journeys import KINDS
from tests.simulator.books import ABSORBED
from tests.simulator.rules import DAYS, HANDED_OVER_HOURS, WORKING_DAYS
from tests.simulator.story import ZONES

SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
TASKS = tuple(kind for kind in KINDS if kind.startswith("staff_"))
FIGURES = {kind: {"after": f"{number} {'working ' * (kind in WORKING_DAYS)}days"} for kind, number in DAYS.items()}
FIGURES["order_handed_over"] = {"after": f"{HANDED_OVER_HOURS} hours"}
"""What the judges count on."""


def configuration(shop: str, journeys: Mapping[str, Any] | None = None) -> dict[str, Any]:
    site = f"{shop}.example"
    return {
        "name": shop.title(),
        "contacts": {"email": f"hello@{site}", "phone": "+380441234567", "site": f"https://{site}"},
        "sender": {"email": f"hello@{site}", "name": shop.title(), "sms_id": shop.upper()},
        "locale": {"dobra": "uk", "kert": "hu"}[shop],
        "timezone": ZONES[shop],
        "payment": {"details": "IBAN UA00 0000", "absorb_increase": str(ABSORBED[shop])},
        "coupons": {"birthday": {"percent": 10, "code": "BDAY10"}, "thank_you": {"percent": 5, "unique": True}},
        "staff": {"digest": {"dobra": "daily", "kert": "off"}[shop]},
        "webhooks": {"native": [SECRET]},
        "journeys": {**FIGURES, **(journeys or {})},
    }
