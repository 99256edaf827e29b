"""The fields of a shop's configuration, as its YAML or JSON document has them."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, field

from shopbell.configuration.accent import Accent
from shopbell.configuration.fields import (
    AccountName,
    AskedByText,
    Bic,
    Code,
    DayHours,
    DayOfYear,
    DeliveriesToldText,
    DigestText,
    HolidayText,
    Iban,
    Link,
    Percent,
    PictureLink,
    Price,
    Retention,
    ShopEmail,
    ShopPhone,
    SpanText,
    YamlDay,
    Zone,
)
from shopbell.schema.patterns import Country, Domain, Language, NativeSecret, PhoneCountry, PlatformSecret, SenderId
from shopbell.schema.segments import Segments
from shopbell.schema.texts import Id, Label, Line, Text, Url
from shopbell.schema.types import Maybe
from shopbell.schema.values import Currency

MOST_SECRETS = 2
"""Active at a time: enough to change one without losing an event."""

MOST_DATES = 50
"""Of a shop's calendar."""
LettersAMonth = Annotated[int, Meta(ge=0, le=1_000)]
MessagesADay = Annotated[int, Meta(ge=1, le=10_000_000)]
WholePercent = Annotated[int, Meta(ge=0, le=100)]
DaysValid = Annotated[int, Meta(ge=1, le=3_650)]
FloorDays = Annotated[int, Meta(ge=1, le=365)]


class Part(Struct, kw_only=True, forbid_unknown_fields=True):
    """An object of the document. A field that it does not have is refused: a misspelt one would count for nothing."""


class ContactsPart(Part):
    email: Maybe[ShopEmail] = UNSET
    phone: Maybe[ShopPhone] = UNSET
    site: Maybe[Url] = UNSET
    address: Maybe[Text] = UNSET
    hours: Maybe[Line] = UNSET


class SenderPart(Part):
    email: Maybe[ShopEmail] = UNSET
    name: Maybe[Line] = UNSET
    sms_id: Maybe[SenderId] = UNSET


class StaffPart(Part):
    email: Maybe[ShopEmail] = UNSET
    digest: Maybe[DigestText] = UNSET
    owner: Maybe[ShopEmail] = UNSET
    complaints: Maybe[ShopEmail] = UNSET


class WeekPart(Part):
    mon: Maybe[DayHours] = UNSET
    tue: Maybe[DayHours] = UNSET
    wed: Maybe[DayHours] = UNSET
    thu: Maybe[DayHours] = UNSET
    fri: Maybe[DayHours] = UNSET
    sat: Maybe[DayHours] = UNSET
    sun: Maybe[DayHours] = UNSET


class AccountPart(Part):
    iban: Maybe[Iban] = UNSET
    name: Maybe[AccountName] = UNSET
    bic: Maybe[Bic] = UNSET


class PaymentPart(Part):
    details: Maybe[Text] = UNSET
    alternatives: Maybe[list[Line]] = UNSET
    absorb_increase: Maybe[Price] = UNSET
    account: Maybe[AccountPart] = UNSET


class MarketingPart(Part):
    per_month: Maybe[LettersAMonth] = UNSET
    holdout_percent: Maybe[WholePercent] = UNSET


class CouponPart(Part):
    percent: Maybe[Percent] = UNSET
    days: Maybe[DaysValid] = UNSET
    code: Maybe[Label] = UNSET
    unique: Maybe[bool] = UNSET


class CouponsPart(Part):
    thank_you: Maybe[CouponPart] = UNSET
    birthday: Maybe[CouponPart] = UNSET
    winback: Maybe[CouponPart] = UNSET
    holiday: Maybe[CouponPart] = UNSET


class ComplaintsPart(Part):
    concede_up_to: Maybe[Price] = UNSET


class TierPart(Part):
    from_spent: Maybe[Price] = UNSET
    earned_per_1: Maybe[Price] = UNSET


class BonusPart(Part):
    earned_per_1: Maybe[Price] = UNSET
    worth_of_unit: Maybe[Price] = UNSET
    tiers: Maybe[list[TierPart]] = UNSET


class OwnHolidayPart(Part):
    on: Maybe[DayOfYear] = UNSET
    mode: Maybe[HolidayText] = field(default=UNSET, name="as")
    name: Maybe[dict[str, Any]] = UNSET


class SmsPart(Part):
    countries: Maybe[list[PhoneCountry]] = UNSET
    transliterate: Maybe[bool] = UNSET
    price_per_segment: Maybe[Price] = UNSET
    monthly_budget: Maybe[Price] = UNSET


class SleepingPart(Part):
    floor_days: Maybe[FloorDays] = UNSET


class LinksPart(Part):
    faq: Maybe[Link] = UNSET
    delivery: Maybe[Link] = UNSET
    review: Maybe[Link] = UNSET


class CalendarPart(Part):
    name: Maybe[Line] = UNSET
    on: Maybe[DayOfYear] = UNSET
    before: Maybe[SpanText] = UNSET
    segment: Maybe[Segments] = UNSET
    campaign: Maybe[Id] = UNSET


class LimitsPart(Part):
    per_recipient: Maybe[MessagesADay] = UNSET
    sms_per_recipient: Maybe[MessagesADay] = UNSET
    per_shop: Maybe[MessagesADay] = UNSET
    sms_per_shop: Maybe[MessagesADay] = UNSET


class FiguresPart(Part):
    enabled: Maybe[bool] = UNSET
    after: Maybe[SpanText] = UNSET
    by: Maybe[AskedByText] = UNSET


Accessories = Annotated[list[Code], Meta(max_length=20)]


class ShopifyPart(Part):
    secrets: Maybe[Annotated[list[PlatformSecret], Meta(max_length=MOST_SECRETS)]] = UNSET
    domain: Maybe[Domain] = UNSET


class WebhooksPart(Part):
    native: Maybe[Annotated[list[NativeSecret], Meta(max_length=MOST_SECRETS)]] = UNSET
    woocommerce: Maybe[Annotated[list[PlatformSecret], Meta(max_length=MOST_SECRETS)]] = UNSET
    shopify: Maybe[ShopifyPart] = UNSET


class Document(Part):
    name: Maybe[Line] = UNSET
    contacts: Maybe[ContactsPart] = UNSET
    sender: Maybe[SenderPart] = UNSET
    staff: Maybe[StaffPart] = UNSET
    deliveries_told: Maybe[DeliveriesToldText] = UNSET
    locale: Maybe[Language] = UNSET
    timezone: Maybe[Zone] = UNSET
    country: Maybe[Country] = UNSET
    currency: Maybe[Currency] = UNSET
    working_hours: Maybe[WeekPart] = UNSET
    days_off: Maybe[list[YamlDay]] = UNSET
    send_hours: Maybe[DayHours] = UNSET
    payment: Maybe[PaymentPart] = UNSET
    marketing: Maybe[MarketingPart] = UNSET
    coupons: Maybe[CouponsPart] = UNSET
    bonus: Maybe[BonusPart] = UNSET
    complaints: Maybe[ComplaintsPart] = UNSET
    accessories: Maybe[dict[str, Any]] = UNSET
    holidays: Maybe[dict[str, Any]] = UNSET
    sms: Maybe[SmsPart] = UNSET
    journeys: Maybe[dict[str, Any]] = UNSET
    sleeping: Maybe[SleepingPart] = UNSET
    links: Maybe[LinksPart] = UNSET
    calendar: Maybe[Annotated[list[CalendarPart], Meta(max_length=MOST_DATES)]] = UNSET
    limits: Maybe[LimitsPart] = UNSET
    accent: Maybe[Accent] = UNSET
    logo_url: Maybe[PictureLink] = UNSET
    retention: Maybe[Retention] = UNSET
    webhooks: Maybe[WebhooksPart] = UNSET
