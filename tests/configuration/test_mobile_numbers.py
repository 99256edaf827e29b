"""Which numbers get SMS."""

import subprocess
import sys
from pathlib import Path

import phonenumbers
import pytest

from shopbell.configuration.mobile_numbers import MobileNumbers
from shopbell.configuration.reading import read_shop
from shopbell.schema.patterns import PHONE_COUNTRIES
from tests.configuration.test_configuration import KINDS, LEAST
from tests.prove.abuse import NOT_FOR_SMS

MOBILE = {
    "UA": ("+380505550101", "+380671234567", "+380931234567"),
    "HU": ("+36201234567", "+36701234567"),
    "GB": ("+447400123456",),
    "US": ("+12125550101",),
    "KZ": ("+77011234567",),
    "RU": ("+79161234567",),
}
UKRAINIAN = MobileNumbers(("UA",))


@pytest.mark.parametrize("country", MOBILE)
def test_a_mobile_number_of_the_shops_country_gets_sms(country: str) -> None:
    assert all(number in MobileNumbers((country,)) for number in MOBILE[country])


@pytest.mark.parametrize("country", [country for country in MOBILE if country != "UA"])
def test_one_of_another_country_does_not_though_they_share_a_code(country: str) -> None:
    assert not any(number in UKRAINIAN for number in MOBILE[country])
    others = {"RU": "KZ", "US": "CA"}.get(country, "UA")
    assert not any(number in MobileNumbers((others,)) for number in MOBILE[country])


@pytest.mark.parametrize("number", [number for numbers in NOT_FOR_SMS.values() for number in numbers])
def test_premium_satellite_landline_and_shared_numbers_get_none(number: str) -> None:
    assert number not in UKRAINIAN


@pytest.mark.parametrize("number", ["+1", "", "no number", "+38050555010", "+3805055501011", "+999123456789", None, 5])
def test_what_is_no_number_gets_none(number: object) -> None:
    assert number not in UKRAINIAN


def test_a_premium_number_of_an_allowed_country_gets_none() -> None:
    everywhere = MobileNumbers(tuple(PHONE_COUNTRIES))
    premium = [number for kind in ("premium", "satellite", "landline") for number in NOT_FOR_SMS[kind]]
    assert [number for number in premium if number in everywhere] == []


@pytest.mark.parametrize(
    ("document", "countries"),
    [({}, ("UA",)), ({"country": "GB-ENG"}, ("GB",)), ({"sms": {"countries": ["PL", "UA"]}}, ("PL", "UA"))],
)
def test_without_countries_of_its_own_it_is_the_shops(document: dict[str, object], countries: tuple[str, ...]) -> None:
    assert read_shop("dobra", LEAST | document, KINDS).sms.numbers == MobileNumbers(countries)


def test_a_shop_that_names_no_country_sends_no_sms() -> None:
    assert MOBILE["UA"][0] not in read_shop("dobra", LEAST | {"sms": {"countries": []}}, KINDS).sms.numbers


def test_the_countries_with_telephones_are_those_that_the_library_knows() -> None:
    assert {*phonenumbers.SUPPORTED_REGIONS} == PHONE_COUNTRIES


def test_a_shop_is_read_without_the_library_of_all_numbers() -> None:
    code = (
        "import sys\n"
        "from tests.configuration.test_configuration import KINDS, LEAST\n"
        "from shopbell.configuration.reading import read_shop\n"
        "shop = read_shop('dobra', LEAST | {'sms': {'countries': ['UA']}}, KINDS)\n"
        "assert 'phonenumbers' not in sys.modules\n"
        "assert '+380505550101' in shop.sms.numbers\n"
    )
    root = Path(__file__).parents[2]
    path = f"{root}:{root / 'layers/core'}"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": path, "PATH": ""})
