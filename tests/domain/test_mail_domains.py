"""Which addresses look mistyped, and what was likely meant."""

import pytest

from shopbell.domain.rules.mail_domains import OTHERS, USUAL, likely_meant


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("anna@gmial.com", "gmail.com"),  # two letters changed places
        ("anna@gmal.com", "gmail.com"),  # one too few
        ("anna@gmaill.com", "gmail.com"),  # one too many
        ("anna@gnail.com", "gmail.com"),  # another one
        ("anna@gmail.co", "gmail.com"),
        ("anna@gmail.con", "gmail.com"),
        ("Anna@GMIAL.COM", "gmail.com"),
        ("anna@ukr.ney", "ukr.net"),
        ("anna@kur.net", "ukr.net"),
        ("anna@yandx.ru", "yandex.ru"),
        ("anna@fremail.hu", "freemail.hu"),
        ("anna@tonline.hu", "t-online.hu"),
        ("anna@gmail.com", ""),
        ("anna@gmx.de", ""),  # as far from the other as from itself
        ("anna@mail.com", ""),  # a provider of its own
        ("anna@ymail.com", ""),
        ("anna@gmali.co", ""),  # two letters
        ("anna@mgail.cmo", ""),
        ("anna@dobra.example", ""),
        ("gmial.com", ""),  # no address
        ("anna@", ""),
        ("", ""),
    ],
)
def test_an_address_whose_domain_misses_a_usual_one_by_a_letter(address: str, meant: str) -> None:
    assert likely_meant(address) == meant


def test_there_are_twenty_usual_ones_and_none_is_taken_for_another() -> None:
    assert len(set(USUAL)) == 20
    assert [domain for domain in (*USUAL, *OTHERS) if likely_meant(f"anna@{domain}")] == []
