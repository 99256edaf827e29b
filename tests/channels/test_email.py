"""A sender's name in the headers of a letter: as the shop writes it, whatever it holds, and no word too long."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.channels.email import MAX_ENCODED_WORD, mailbox
from tests.prove.letters import shown

ADDRESS = "hello@dobra.example"
NAMES = {
    "plain": "Dobra",
    "with a comma": "Dobra, Ltd.",
    "with quotes": 'The "Dobra" \\ shop',
    "long and plain": "Dobra " * 30,
    "short": "Добра",
    "accented": "Csendes Sarok Könyvesbolt",
    "long": "Крамниця добрих речей для дому, саду та городу і всього, що росте навколо них у кожній родині",
    "one long word": "ж" * 180,
    "pictures": "\N{SUNFLOWER}" * 60,
    "an encoded word": "=?utf-8?q?Another_shop?=",
    "an address": "Добра <other@shop.example>, x",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_comes_back_as_it_was(name: str) -> None:
    assert shown(mailbox(name, ADDRESS)) == [(name.strip(), ADDRESS)]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_is_one_line_of_words_that_mail_programs_decode(name: str) -> None:
    line = mailbox(name, ADDRESS)
    assert len(line.splitlines()) == 1
    encoded = [word for word in line.split(" ") if word.startswith("=?")]
    assert [word for word in encoded if len(word) > MAX_ENCODED_WORD or not word.endswith("?=")] == []
    assert bool(encoded) is (not name.isascii() or "=?" in name)


def test_a_name_that_breaks_the_line_or_hides_is_mended() -> None:
    assert shown(mailbox("Добра\r\nBcc:\tx\u202e", ADDRESS)) == [("Добра Bcc: x", ADDRESS)]


HEADER, LONGEST_ADDRESS = "Reply-To: ", f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 52}.example"


@given(st.text(max_size=1_000))
def test_no_name_makes_a_header_that_is_too_long_for_its_line(name: str) -> None:
    line = mailbox(name, LONGEST_ADDRESS)
    assert line.isascii()
    assert len(HEADER + line) <= 998
    assert all(len(word) <= MAX_ENCODED_WORD for word in line.split(" ") if word.startswith("=?"))
    ((told, address),) = shown(line)
    assert address == LONGEST_ADDRESS
    assert " ".join(name.split()).startswith(told) or not name.isprintable()


@pytest.mark.parametrize("letter", ["x", '"', "\\", "ж", "é", "\N{SUNFLOWER}", "=?"])
def test_a_name_as_long_as_a_shop_may_have_one_is_cut_between_letters(letter: str) -> None:
    assert len(HEADER + mailbox(letter * 1_000, LONGEST_ADDRESS)) <= 998
    ((told, _),) = shown(mailbox(letter * 1_000, ADDRESS))
    assert (letter * 1_000).startswith(told)
    assert 350 <= len(told.encode()) <= 360


def test_the_standard_librarys_own_mail_takes_it_as_a_header() -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = mailbox("ж" * 1_000, ADDRESS)
    mail.set_content("Order")
    assert max(map(len, bytes(mail).splitlines())) <= 998
