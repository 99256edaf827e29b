"""A sender's name in the headers of a letter: as the shop writes it, whatever it holds, and no word too long."""

import pytest

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
    "one long word": "ж" * 200,
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
