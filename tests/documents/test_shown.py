"""What the documents show to be copied is taken as it stands; the README's first letter is tried in tests/local."""

import subprocess

import yaml

from shopbell.commands.letter_trial import try_letter
from shopbell.commands.samples import any_shop
from shopbell.configuration.reading import read_shop
from shopbell.domain.journeys import KINDS
from shopbell.domain.model.keys import NumberedKeys, read_keys
from tests.documents.reading import DOCS, fenced
from tests.rendering.letters import LOCALES, RENDERER


def shown(document: str, language: str, holding: str) -> str:
    """The one block of that language which holds these words."""
    blocks = fenced((DOCS / document).read_text("utf-8"), language)
    (block,) = [block for block in blocks if holding in block]
    return block


def test_the_configuration_is_a_shops() -> None:
    document = yaml.safe_load(shown("configuration.md", "yaml", "sender:").replace("whsec_…", "whsec_" + "c2Vj" * 8))
    assert read_shop("dobra", document, KINDS, LOCALES).name == "Добра Крамниця"


def test_the_letter_of_a_shops_own_is_one() -> None:
    written = shown("letters.md", "", "{% block subject %}")
    name, _, source = written.partition(".j2 ")
    try_letter(RENDERER, any_shop(), name, source.strip())


AWS = """
aws() {
    case $2 in
    get-secret-value) echo "the first secret" ;;
    get-random-password) echo "a second secret of thirty-two letters" ;;
    put-secret-value) printf %s "${!#}" ;;
    esac
}
"""


def test_the_commands_for_it_give_the_links_a_second_key() -> None:
    commands = shown("operating.md", "sh", "NEW=")
    said = subprocess.run(["bash", "-ec", AWS + commands], capture_output=True, text=True, check=True).stdout
    keys, first = read_keys(said), b"the first secret"
    assert keys.links == NumberedKeys({1: first, 2: b"a second secret of thirty-two letters"})
    assert keys.codes == keys.contacts == NumberedKeys({1: first})
