"""What each language's folder says for the tests: whom and what they write about, and how a letter is to sound."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

TEMPLATES = Path(__file__).parents[2] / "templates"
Texts = Mapping[str, str]
Data = TypeVar("Data")


@dataclass(frozen=True, slots=True)
class Samples:
    """`_samples.yaml`: the shop, the customer, the goods and the money of the sample letters; all invented.

    `to_the_pound`: how many units of the currency stand for a pound of the English samples.
    """

    currency: str
    to_the_pound: int
    shop: Texts
    long_shop_name: str
    customer: Texts
    goods: Texts
    pickup_point: str
    other_ways_to_pay: list[str]
    payment_details: str
    reason: str
    remedy: str
    payment_failure: str


@dataclass(frozen=True, slots=True)
class Tone:
    """`_tone.yaml`: what a courteous letter says and what it does not, each with its comment there.

    `stiff`, `pressing`, `open_ended`: patterns of what is not said, each with a sentence that it is meant for.
    """

    greeting: str
    sorry: str
    friend: str
    thanks: str
    sending: list[str]
    working_days: str
    by_email: list[str]
    abbreviations: list[str]
    quotes: str
    dash: str
    decimal_point: str
    sms_segments: Mapping[str, int]
    counted: Mapping[str, Texts]
    stiff: Texts
    pressing: Texts
    open_ended: Texts
    familiar: str = "(?!)"


def read_languages(name: str, form: type[Data], folder: Path = TEMPLATES) -> dict[str, Data]:
    """The file of that name of each language. Raises msgspec.ValidationError, which names the field."""
    files = sorted(folder.glob(f"[!_]*/{name}.yaml"))
    return {file.parent.name: msgspec.convert(yaml.safe_load(file.read_text(encoding="utf-8")), form) for file in files}


SAMPLES_OF = read_languages("_samples", Samples)
TONE_OF = read_languages("_tone", Tone)
