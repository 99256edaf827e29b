"""Which IBAN is one, whose account bank details name for certain, and what a code says to pay by."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from shopbell.domain.letter_context.common import order_context
from shopbell.domain.model.bank import BankAccount, account_in, beside, epc_code, ibans_in, is_iban
from shopbell.domain.model.shop import PaymentTerms
from tests.domain.test_parcels import told as order_told
from tests.world import a_shop

GERMAN, HUNGARIAN = "DE89370400440532013000", "HU42117730161111101800000000"
UKRAINIAN, SWISS = "UA213223130000026007233566001", "CH9300762011623852957"
"""Those of the registry's own examples."""
OURS = BankAccount(GERMAN, "Good Shop GmbH")


@pytest.mark.parametrize("iban", [GERMAN, HUNGARIAN, UKRAINIAN, SWISS, "NO9386011117947", "GB29NWBK60161331926819"])
def test_an_iban_is_one(iban: str) -> None:
    assert is_iban(iban)


@pytest.mark.parametrize(
    "text",
    [
        *("", "DE", "DE00370400440532013000", "DE89370400440532013001", "DE8937040044053201300", f"{GERMAN}0"),
        *(GERMAN.lower(), "DE89 3704 0044 0532 0130 00", "XX89370400440532013000", "DEA9370400440532013000"),
        *("UA000000000000000000000000000", "DE8937040044053201300०"),
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert not is_iban(text)


def test_every_slip_of_one_digit_is_found() -> None:
    for place in range(2, len(GERMAN)):
        for digit in "0123456789":
            slip = GERMAN[:place] + digit + GERMAN[place + 1 :]
            assert is_iban(slip) is (slip == GERMAN)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"IBAN {GERMAN}", [GERMAN]),
        ("Good Shop GmbH\nIBAN: DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX", [GERMAN]),
        ("DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000", [GERMAN]),
        (f"{GERMAN} {HUNGARIAN}", [GERMAN, HUNGARIAN]),
        (f"{GERMAN}, {GERMAN}", [GERMAN]),
        ("DE89 3704\n0044 0532 0130 00", []),
        ("Sort code 00-00-00", []),
        (f"X{GERMAN}", []),
    ],
)
def test_a_text_holds_ibans(text: str, found: list[str]) -> None:
    assert ibans_in(text) == found


@pytest.mark.parametrize(
    ("details", "configured", "account"),
    [
        ("", None, None),
        ("Account 0000", None, None),
        (f"IBAN {GERMAN}", None, BankAccount(GERMAN)),
        (f"{GERMAN}\n{HUNGARIAN}", None, None),
        ("Account 0000", OURS, OURS),
        (f"IBAN {GERMAN}", OURS, OURS),
        (f"IBAN {HUNGARIAN}", OURS, BankAccount(HUNGARIAN)),
        (f"{GERMAN}\n{HUNGARIAN}", OURS, None),
    ],
)
def test_bank_details_name_one_account_or_none(
    details: str, configured: BankAccount | None, account: BankAccount | None
) -> None:
    assert account_in(details, configured) == account


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        (GERMAN, False),
        ("IBAN DE89 3704 0044 0532 0130 00", False),
        (f"IBAN: {GERMAN}.", False),
        (f"Konto: {GERMAN}", False),
        ("Good Shop GmbH", False),
        ("Commerzbank", True),
        (f"{GERMAN} at Commerzbank", True),
        (f"Bank code 37040044, {GERMAN}", True),
    ],
)
def test_what_the_account_does_not_say_stays(line: str, stays: bool) -> None:
    assert beside(f"One\n{line}\nTwo", OURS) == (f"One\n{line}\nTwo" if stays else "One\nTwo")


def test_a_code_says_a_credit_transfer() -> None:
    assert epc_code(OURS, Decimal("46.1"), "Order 1001") == (
        "BCD\n002\n1\nSCT\n\nGood Shop GmbH\nDE89370400440532013000\nEUR46.10\n\n\nOrder 1001"
    )


@pytest.mark.parametrize(
    ("account", "amount", "reference"),
    [
        (BankAccount(GERMAN), "46.10", "Order 1001"),
        (BankAccount(GERMAN[:-1] + "1", "Good Shop"), "46.10", "Order 1001"),
        (BankAccount(GERMAN, "x" * 71), "46.10", "Order 1001"),
        (BankAccount(UKRAINIAN, "Good Shop"), "46.10", "Order 1001"),
        (BankAccount(SWISS, "Good Shop"), "46.10", "Order 1001"),
        (OURS, "0", "Order 1001"),
        (OURS, "46.105", "Order 1001"),
        (OURS, "1000000000.00", "Order 1001"),
        (OURS, "46.10", ""),
        (OURS, "46.10", "Order № 1001"),
        (OURS, "46.10", "1001\nEUR1.00"),
        (OURS, "46.10", "1" * 141),
    ],
)
def test_there_is_no_code_where_something_is_not_certain(account: BankAccount, amount: str, reference: str) -> None:
    assert epc_code(account, Decimal(amount), reference) == ""


def test_beyond_the_eea_it_names_the_bank() -> None:
    code = epc_code(BankAccount(SWISS, "Good Shop", "UBSWCHZH80A"), Decimal(1), "1001")
    assert code.splitlines()[4] == "UBSWCHZH80A"


@pytest.mark.parametrize(
    ("details", "told"),
    [
        ("", (GERMAN, "Good Shop GmbH")),
        ("Sort code 00-00-00", None),
        (f"Good Shop\n{GERMAN}", (GERMAN, "Good Shop GmbH")),
        (f"Good Shop\n{HUNGARIAN}", (HUNGARIAN, "")),
    ],
)
def test_the_shops_account_is_none_of_an_orders_own_details(details: str, told: tuple[str, str] | None) -> None:
    shop = a_shop(payment=PaymentTerms(account=OURS))
    order = order_told(**({"payment.details": details} if details else {}))
    account = order_context(order, shop, SimpleNamespace()).payment.account
    assert (account and (account.iban, account.name)) == told


def test_a_shop_that_gives_its_account_alone_tells_it() -> None:
    shop = a_shop(payment=PaymentTerms(account=OURS))
    payment = order_context(order_told(), shop, SimpleNamespace()).payment
    assert payment.details == f"Good Shop GmbH\nIBAN {GERMAN}"
    assert payment.account.more == ""
