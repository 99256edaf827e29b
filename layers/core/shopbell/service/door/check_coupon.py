"""Tell a shop's checkout what a coupon code is worth: its request is signed as events are, over an empty body."""

import json
from dataclasses import dataclass

from shopbell.service.door.receive import Answer, Request, Secrets, Verify, authenticate, unauthorized, unavailable
from shopbell.service.ports import Log, Store
from shopbell.service.subjects.coupons import coupon_answer


@dataclass(frozen=True, slots=True)
class CheckCoupon:
    """The use case; `outages` are what the secrets or the table raise when they cannot be had."""

    secrets: Secrets
    store: Store
    verify: Verify
    log: Log
    outages: tuple[type[Exception], ...]

    def __call__(self, code: str, request: Request) -> Answer:
        try:
            signature = authenticate(self.secrets, self.verify, request)
            if signature.fault:
                return unauthorized(request.shop, signature, self.log)
            return self._answer(request.shop, code)
        except self.outages as error:
            return unavailable(request.shop, error, self.log)

    def _answer(self, shop_id: str, code: str) -> Answer:
        shop = self.store.shop(shop_id)
        coupon = coupon_answer(self.store.session(shop_id), shop, code) if shop else None
        if coupon is None:
            return 404, "application/json", json.dumps({"error": "no such code"})
        return 200, "application/json", json.dumps(coupon)
