"""Bank accounts: which IBAN is one, and the QR code with which a bank's app pays in euros."""

import re
from dataclasses import dataclass
from decimal import Decimal

_LENGTHS = (
    "AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GE22 GI23 GR27 HR21 HU28 IE22 IS26 "
    "IT27 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 SM27 TR26 UA29 VA22"
)
IBAN_LENGTHS = {each[:2]: int(each[2:]) for each in _LENGTHS.split()}
"""Characters of a country's IBAN (ISO 13616). One of another country is not taken for one."""
_BEGINS = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}")
_LABEL = re.compile(r"(?:iban|[^\d:]{1,40}:)?\s*", re.IGNORECASE)

_EEA = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
_BEYOND = "AD AL CH GB GI MC MD ME MK RS SM VA"
EEA = frozenset(_EEA.split())
SEPA = EEA | frozenset(_BEYOND.split())
"""Where a credit transfer in euros goes by SEPA's rules; beyond the EEA it names the bank too."""
MOST_EUROS = Decimal("999999999.99")
MOST_BYTES, MOST_NAME, MOST_REMITTANCE = 331, 70, 140
_SEPA_TEXT = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]+")


@dataclass(frozen=True, slots=True)
class BankAccount:
    """`name`: whose it is, as the bank has it, "" where nobody said for certain."""

    iban: str
    name: str = ""
    bic: str = ""


def is_iban(text: str) -> bool:
    """Without spaces, in capitals: as long as its country's are, its check digits right (ISO 7064, MOD 97-10)."""
    if IBAN_LENGTHS.get(text[:2]) != len(text) or not (text.isascii() and text.isalnum() and text.upper() == text):
        return False
    return text[2:4].isdigit() and int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1


def written_iban(text: str) -> str:
    """An IBAN as programs write it, without spaces."""
    return "".join(text.split()).upper()


def ibans_in(text: str) -> list[str]:
    """Each that a text holds, in groups or in one piece."""
    lines = (line[begins.start() :] for line in text.splitlines() for begins in _BEGINS.finditer(line))
    found = ("".join(line.split())[: IBAN_LENGTHS.get(line[:2], 0)] for line in lines)
    return [each for each in dict.fromkeys(found) if is_iban(each)]


def account_in(details: str, configured: BankAccount | None) -> BankAccount | None:
    """The account that bank details name for certain: the shop's, where no other stands there; else the only one in
    them. None where there is none, or one of several."""
    named = ibans_in(details)
    if configured is not None and named in ([], [configured.iban]):
        return configured
    return BankAccount(named[0]) if len(named) == 1 else None


def beside(details: str, account: BankAccount) -> str:
    """The lines of bank details that say more than the account does."""
    alone = re.compile(_LABEL.pattern + r"\s?".join(account.iban) + r"[\s.,;]*", re.IGNORECASE)
    known = {account.name, account.bic} - {""}
    return "\n".join(line for line in details.splitlines() if line.strip() not in known and not alone.fullmatch(line))


def epc_code(account: BankAccount, amount: Decimal, remittance: str) -> str:
    """What a QR code says that banks' apps read as a SEPA credit transfer (EPC069-12, version 002); "" where such a
    transfer cannot be, or something of it is not certain."""
    country = account.iban[:2]
    reachable = country in EEA or (country in SEPA and account.bic != "")
    in_cents = Decimal(0) < amount <= MOST_EUROS and amount == amount.quantize(Decimal("0.01"))
    fits = 0 < len(account.name) <= MOST_NAME and 0 < len(remittance) <= MOST_REMITTANCE
    if not (reachable and in_cents and fits and is_iban(account.iban) and _SEPA_TEXT.fullmatch(remittance)):
        return ""
    lines = ["BCD", "002", "1", "SCT", account.bic, account.name, account.iban, f"EUR{amount:.2f}", "", "", remittance]
    code = "\n".join(lines)
    return code if len(code.encode()) <= MOST_BYTES else ""
