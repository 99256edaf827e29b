"""Check a shop's document, and make of it the shop, the secrets and the document for the table."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from shopbell.configuration.document import Accessories, Document, FiguresPart
from shopbell.configuration.fields import Code
from shopbell.configuration.own_holidays import on_one_day, own_paths, read_holidays
from shopbell.configuration.shop import DEFAULTS, shop_of
from shopbell.domain.journeys.names import BY_CALL
from shopbell.domain.model.events import Json
from shopbell.domain.model.problems import Problem, Refused
from shopbell.domain.model.shop import Shop
from shopbell.schema.phones import read_one_phone
from shopbell.schema.reading import UnreadableError, collect, plain, pointer, wrong_with
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
    *(f"calendar.*.{name}" for name in ("on", "campaign")),
)


def read_shop(
    shop_id: str, document: Mapping[str, Any], kinds: Collection[str], locales: Collection[str] | None = None
) -> Shop:
    """The shop that a document describes, as a person wrote it or as `stored_form` gave it.

    `kinds` are the names of all journeys, `locales` the languages of letters (None: any). Raises Refused with all
    that is wrong.
    """
    return shop_of(shop_id, _checked(shop_id, document, kinds, locales))


def stored_form(document: Mapping[str, Any]) -> dict[str, Json]:
    """A checked document for the table: JSON without the secrets, which never stand there."""
    return {name: value for name, value in _read(document)[0].items() if name != "webhooks"}


def secrets_of(document: Mapping[str, Any]) -> dict[str, Json]:
    """Of a checked document: scheme ("native", "woocommerce", "shopify") to its secrets."""
    webhooks = _read(document)[0].get("webhooks") or {}
    return {scheme: value for scheme, value in webhooks.items() if value}


def _checked(
    shop_id: str, document: Mapping[str, Any], kinds: Collection[str], locales: Collection[str] | None
) -> dict[str, Any]:
    fields, problems = _read(document)
    required = (*_REQUIRED, *_coupon_paths(fields), *_account_paths(fields), *own_paths(fields))
    problems += missing(fields, required, "#", problems)
    problems += [*_wrong_locale(fields, locales), *_unknown_kinds(fields, kinds), *_wrong_id(shop_id)]
    problems += on_one_day(fields)
    if problems:
        raise Refused(*problems)
    return fields


def _read(document: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The fields that can be read, each in its one spelling and without nulls, and a problem for each other."""
    parsed, problems = collect(_with_on(document), Document)
    fields = _without_nulls(plain(parsed)) if parsed else {}
    problems += [*_read_phone(fields), *_read_figures(fields), *_read_accessories(fields), *read_holidays(fields)]
    return fields, problems


def _with_on(value: Any) -> Any:
    """YAML reads the name `on` without quotes as true."""
    if isinstance(value, Mapping):
        return {"on" if name is True else name: _with_on(inner) for name, inner in value.items()}
    return [_with_on(element) for element in value] if isinstance(value, list) else value


def _without_nulls(value: Any) -> Any:
    """YAML reads a name with nothing after it as null; the default counts."""
    if isinstance(value, dict):
        return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
    return [_without_nulls(element) for element in value] if isinstance(value, list) else value


def _read_phone(fields: dict[str, Any]) -> Iterator[Problem]:
    """Puts the shop's phone into E.164, by its country; one in that form needs no library, whose import is slow."""
    contacts = fields.get("contacts") or {}
    phone: str = contacts.get("phone", "")
    if not phone or _E164.fullmatch(phone):
        return
    try:
        contacts["phone"] = read_one_phone(phone, {**DEFAULTS, **fields}["country"])
    except UnreadableError as error:
        yield Problem("#/contacts/phone", "not_a_phone", str(error))


def _read_figures(fields: dict[str, Any]) -> Iterator[Problem]:
    """Puts each journey's figures into their one spelling."""
    for kind, value in (fields.get("journeys") or {}).items():
        parsed, problems = collect(value, FiguresPart, pointer("#", "journeys", kind))
        yield from problems
        fields["journeys"][kind] = figures = _without_nulls(plain(parsed)) if parsed else {}
        if "by" in figures and kind not in BY_CALL:
            yield Problem(pointer("#", "journeys", kind, "by"), "unknown_field", f"only of: {', '.join(BY_CALL)}")


def _read_accessories(fields: dict[str, Any]) -> Iterator[Problem]:
    """What goes with each product, by its code."""
    for sku, value in (fields.get("accessories") or {}).items():
        if wrong := wrong_with(value, Accessories):
            yield Problem(pointer("#", "accessories", sku), wrong.code, wrong.detail)
        else:
            fields["accessories"][sku] = [str(Code.parse(each)) for each in value]


def _coupon_paths(fields: Mapping[str, Any]) -> Iterator[str]:
    return (f"coupons.{name}.percent" for name in fields.get("coupons") or {})


def _account_paths(fields: Mapping[str, Any]) -> Iterator[str]:
    """A transfer to an IBAN without its owner's name is one that banks warn of."""
    if "account" in (fields.get("payment") or {}):
        yield from ("payment.account.iban", "payment.account.name")


def _wrong_id(shop_id: str) -> Iterator[Problem]:
    if _SHOP_ID.fullmatch(shop_id) is None:
        yield Problem("#", "not_a_shop_id", "a shop's id is 1 to 63 of a-z, 0-9 and hyphens")


def _wrong_locale(fields: Mapping[str, Any], locales: Collection[str] | None) -> Iterator[Problem]:
    locale = fields.get("locale")
    if locale and locales is not None and locale not in locales:
        yield Problem("#/locale", "unknown_value", f"must be one of: {', '.join(sorted(locales))}")


def _unknown_kinds(fields: Mapping[str, Any], kinds: Collection[str]) -> Iterator[Problem]:
    for kind in fields.get("journeys") or {}:
        if kind not in kinds:
            yield Problem(pointer("#", "journeys", kind), "unknown_kind", "there is no such journey")
