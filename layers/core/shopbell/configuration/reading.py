"""A shop's document checked, and the shop, the secrets and the stored document that come of it."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from shopbell.configuration.document import Document, FiguresPart
from shopbell.configuration.shop import DEFAULTS, shop_of
from shopbell.domain.model.events import Json
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop
from shopbell.schema.contacts import UnreadableError, read_phone
from shopbell.schema.reading import collect, plain, pointer
from shopbell.schema.required import missing

_SHOP_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_E164 = re.compile(r"\+[1-9][0-9]{7,14}")
_REQUIRED = (
    "name",
    "contacts",
    *(f"contacts.{name}" for name in ("email", "phone", "site")),
    "sender",
    *(f"sender.{name}" for name in ("email", "name", "sms_id")),
    *(f"bonus.tiers.*.{name}" for name in ("from_spent", "earned_per_1")),
)


def read_shop(
    shop_id: str, document: Mapping[str, Any], kinds: Collection[str], locales: Collection[str] | None = None
) -> Shop:
    """The shop that a document describes; `kinds` are all journeys, `locales` the languages of letters.

    Takes what `stored_form` gives as well. Raises Refused with all that is wrong.
    """
    return shop_of(shop_id, _checked(shop_id, document, kinds, locales))


def stored_form(document: Mapping[str, Any]) -> dict[str, Json]:
    """A checked document for the table: plain JSON without the secrets, which never stand there."""
    return {name: value for name, value in _read(document)[0].items() if name != "webhooks"}


def secrets_of(document: Mapping[str, Any]) -> dict[str, Json]:
    """Scheme ("native", "woocommerce", "shopify") to its secrets, of a checked document."""
    webhooks = _read(document)[0].get("webhooks") or {}
    return {scheme: value for scheme, value in webhooks.items() if value}


def _checked(
    shop_id: str, document: Mapping[str, Any], kinds: Collection[str], locales: Collection[str] | None
) -> dict[str, Any]:
    said, problems = _read(document)
    problems += missing(said, (*_REQUIRED, *_coupon_paths(said)), "#", problems)
    problems += [*_wrong_locale(said, locales), *_unknown_kinds(said, kinds), *_wrong_id(shop_id)]
    if problems:
        raise Refused(*problems)
    return said


def _read(document: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """What can be read, in one spelling and without nulls, and what is wrong with the rest."""
    read, problems = collect(document, Document)
    said = _without_nulls(plain(read)) if read else {}
    problems += [*_read_phone(said), *_read_figures(said)]
    return said, problems


def _without_nulls(said: Any) -> Any:
    """Null is what YAML makes of a name with nothing after it: the default."""
    if isinstance(said, dict):
        return {name: _without_nulls(value) for name, value in said.items() if value is not None}
    return [_without_nulls(value) for value in said] if isinstance(said, list) else said


def _read_phone(said: dict[str, Any]) -> Iterator[Problem]:
    """A national number needs the country; what is in its final form needs no library."""
    contacts = said.get("contacts") or {}
    phone: str = contacts.get("phone", "")
    if not phone or _E164.fullmatch(phone):
        return
    try:
        contacts["phone"] = read_phone(phone, {**DEFAULTS, **said}["country"])
    except UnreadableError as error:
        yield Problem("#/contacts/phone", "not_a_phone", str(error))


def _read_figures(said: dict[str, Any]) -> Iterator[Problem]:
    for kind, value in (said.get("journeys") or {}).items():
        read, problems = collect(value, FiguresPart, pointer("#", "journeys", kind))
        yield from problems
        said["journeys"][kind] = _without_nulls(plain(read)) if read else {}


def _coupon_paths(said: Mapping[str, Any]) -> Iterator[str]:
    return (f"coupons.{name}.percent" for name in said.get("coupons") or {})


def _wrong_id(shop_id: str) -> Iterator[Problem]:
    if _SHOP_ID.fullmatch(shop_id) is None:
        yield Problem("#", "not_a_shop_id", "a shop's id is 1 to 63 of a-z, 0-9 and hyphens")


def _wrong_locale(said: Mapping[str, Any], locales: Collection[str] | None) -> Iterator[Problem]:
    locale = said.get("locale")
    if locale and locales is not None and locale not in locales:
        yield Problem("#/locale", "unknown_value", f"must be one of: {', '.join(sorted(locales))}")


def _unknown_kinds(said: Mapping[str, Any], kinds: Collection[str]) -> Iterator[Problem]:
    for kind in said.get("journeys") or {}:
        if kind not in kinds:
            yield Problem(pointer("#", "journeys", kind), "unknown_kind", "there is no such journey")
