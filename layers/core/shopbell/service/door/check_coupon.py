"""Answer a shop's checkout what a coupon code is worth: signed as events are, over an empty body."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shopbell.service.door.receive import Answer, Note, Secrets, Verify, judged, not_taken, refused
from shopbell.service.ports import Store
from shopbell.service.subjects.coupons import coupon_answer


@dataclass(frozen=True, slots=True)
class CheckCoupon:
    """The use case; `outages` are what the secrets or the table raise when they cannot be had."""

    secrets: Secrets
    store: Store
    verify: Verify
    note: Note
    outages: tuple[type[Exception], ...]

    def __call__(self, shop: str, code: str, headers: Mapping[str, str], now: datetime) -> Answer:
        try:
            verdict = judged(self.secrets, self.verify, shop, headers, b"", now)
            return refused(shop, verdict, self.note) if verdict.fault else self._answer(shop, code)
        except self.outages as error:
            return not_taken(shop, error, self.note)

    def _answer(self, shop_id: str, code: str) -> Answer:
        shop = self.store.shop(shop_id)
        found = coupon_answer(self.store.session(shop_id), shop, code) if shop else None
        if found is None:
            return 404, "application/json", json.dumps({"error": "no such code"})
        return 200, "application/json", json.dumps(found)
