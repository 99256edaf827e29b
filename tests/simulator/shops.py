"""The shops of the stories."""

from typing import Any

from shopbell.domain.journeys import KINDS
from tests.simulator.books import ABSORBED
from tests.simulator.story import ZONES

SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
TASKS = tuple(kind for kind in KINDS if kind.startswith("staff_"))


def configuration(shop: str) -> dict[str, Any]:
    site = f"{shop}.example"
    return {
        "name": shop.title(),
        "contacts": {"email": f"hello@{site}", "phone": "+380441234567", "site": f"https://{site}"},
        "sender": {"email": f"hello@{site}", "name": shop.title(), "sms_id": shop.upper()},
        "locale": {"dobra": "uk", "kert": "hu"}[shop],
        "timezone": ZONES[shop],
        "payment": {"details": "IBAN UA00 0000", "absorb_increase": str(ABSORBED[shop])},
        "coupons": {"birthday": {"percent": 10, "code": "BDAY10"}, "thank_you": {"percent": 5, "unique": True}},
        "webhooks": {"native": [SECRET]},
    }
