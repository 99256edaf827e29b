"""A campaign as `campaign.requested` has it: to whom, and the shop's own words for each language."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Self

from msgspec import UNSET, Meta, Struct

from shopbell.schema.patterns import Language
from shopbell.schema.reading import Step, WrongError, collect, plain
from shopbell.schema.segments import nearest
from shopbell.schema.texts import Id, Label, Line, Text, Url
from shopbell.schema.types import Choice, Maybe, Schema
from shopbell.schema.values import Amount

LONGEST_SUBJECT, LONGEST_BLOCK = 150, 5_000
MOST_LANGUAGES, MOST_BLOCKS, MOST_THINGS = 20, 10, 20


class BlockKind(Choice):
    words = ("arrivals", "article", "offer")


class Subject(Line):
    schema: ClassVar[Schema] = {"type": "string", "minLength": 1, "maxLength": LONGEST_SUBJECT}

    @classmethod
    def canonical(cls, value: str) -> str:
        return _filled(super().canonical(value), LONGEST_SUBJECT)


class BlockText(Text):
    """Lines stay lines, an empty one begins a paragraph."""

    longest: ClassVar[int] = LONGEST_BLOCK
    schema: ClassVar[Schema] = {"type": "string", "maxLength": LONGEST_BLOCK}


class Thing(Struct, kw_only=True, forbid_unknown_fields=True):
    """A product of a block, with its link."""

    name: Maybe[Line] = UNSET
    sku: Maybe[Id] = UNSET
    url: Maybe[Url] = UNSET
    image_url: Maybe[Url] = UNSET
    unit_price: Maybe[Amount] = UNSET


class Block(Struct, kw_only=True, forbid_unknown_fields=True, rename={"is_": "is"}):
    is_: Maybe[BlockKind] = UNSET
    text: Maybe[BlockText] = UNSET
    items: Maybe[Annotated[list[Thing], Meta(max_length=MOST_THINGS)]] = UNSET


class Content(Struct, kw_only=True, forbid_unknown_fields=True):
    subject: Maybe[Subject] = UNSET
    blocks: Maybe[Annotated[list[Block], Meta(min_length=1, max_length=MOST_BLOCKS)]] = UNSET


COUPONS = ("thank_you", "birthday", "winback", "holiday")


class Coupon(Label):
    """The name of one of the shop's coupons, or a code; one that is spelt almost like a name is a slip."""

    schema: ClassVar[Schema] = {**Label.schema, "examples": ["holiday", "SPRING10"]}

    @classmethod
    def canonical(cls, value: str) -> str:
        value = super().canonical(value)
        if value not in COUPONS and (meant := nearest(value, COUPONS, 0.8)):
            raise WrongError("unknown_value", f"there is no such coupon{meant}")
        return value


NAMES = ("subject", "blocks", "is", "text", "items", "name", "sku", "url", "image_url", "unit_price")


class Contents(dict[str, Any]):
    """By language: the subject and the blocks of a letter."""

    schema: ClassVar[Schema] = {
        "type": "object",
        "minProperties": 1,
        "examples": [{"en": {"subject": "Spring mugs", "blocks": [{"is": "article", "text": "How to brew tea"}]}}],
        "maxProperties": MOST_LANGUAGES,
        "additionalProperties": {
            "type": "object",
            "required": ["subject", "blocks"],
            "additionalProperties": False,
            "properties": {
                "subject": dict(Subject.schema),
                "blocks": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": MOST_BLOCKS,
                    "items": {
                        "type": "object",
                        "required": ["is"],
                        "additionalProperties": False,
                        "properties": {
                            "is": dict(BlockKind.schema),
                            "text": dict(BlockText.schema),
                            "items": {"type": "array", "maxItems": MOST_THINGS, "items": {"type": "object"}},
                        },
                    },
                },
            },
        },
    }

    @classmethod
    def parse(cls, value: Any) -> Self:
        """Raises WrongError, of one mistake after another; `inside` leads to it."""
        if not isinstance(value, Mapping):
            raise WrongError("wrong_type", "must be an object of languages")
        if not value:
            raise WrongError("empty", "must not be empty")
        if len(value) > MOST_LANGUAGES:
            raise WrongError("too_many", f"must have at most {MOST_LANGUAGES} languages")
        return cls({_language(name): _content(name, said) for name, said in value.items()})


def _language(name: str) -> str:
    try:
        return f"{Language.parse(name)}"
    except WrongError as wrong:
        raise WrongError(wrong.code, f"the name of a language {wrong.detail}") from None


def _content(language: str, said: Any) -> dict[str, Any]:
    parsed, problems = collect(said, Content, "")
    for wrong in problems:
        detail = wrong.detail
        if wrong.code == "unknown_field":
            detail += nearest(wrong.pointer.rpartition("/")[2], NAMES)
        raise WrongError(wrong.code, detail, (language, *_steps(wrong.pointer)))
    return plain(parsed) if parsed else {}


def _steps(pointer: str) -> Iterator[Step]:
    for step in pointer.split("/")[1:]:
        yield int(step) if step.isdigit() else step.replace("~1", "/").replace("~0", "~")


def _filled(text: str, longest: int) -> str:
    if not text:
        raise WrongError("empty", "must not be empty")
    if len(text) > longest:
        raise WrongError("too_long", f"must have at most {longest} characters")
    return text
