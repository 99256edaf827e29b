"""The README says what the code does."""

import re
import subprocess
from pathlib import Path

from shopbell.commands.journey_table import markdown
from shopbell.domain.journeys import JOURNEYS, KINDS
from shopbell.domain.model.keys import NumberedKeys, read_keys

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_its_table_of_notifications_is_the_table() -> None:
    shown = README.partition("<!-- journeys -->\n")[2].partition("<!-- /journeys -->")[0]
    assert shown.splitlines() == list(markdown(JOURNEYS))
    assert all(f"`{kind}`" in shown for kind in KINDS)


def test_every_file_it_links_to_is_there() -> None:
    links = re.findall(r"\]\(((?!https?://|#)[^)]+)\)", README)
    assert links
    assert [link for link in links if not (Path(__file__).parent.parent / link).exists()] == []


def test_every_heading_it_links_to_is_there() -> None:
    headings = [re.sub(r"[^a-z0-9 -]", "", line[3:].lower()) for line in README.splitlines() if line.startswith("## ")]
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= {heading.replace(" ", "-") for heading in headings}


AWS = """
aws() {
    case $2 in
    get-secret-value) echo "the first secret" ;;
    get-random-password) echo "a second secret of thirty-two letters" ;;
    put-secret-value) printf %s "${!#}" ;;
    esac
}
"""


def test_its_commands_give_the_links_a_second_key() -> None:
    (commands,) = re.findall(r"```sh\n(SECRET=.*?)```", README, re.DOTALL)
    said = subprocess.run(["bash", "-ec", AWS + commands], capture_output=True, text=True, check=True).stdout
    keys, first = read_keys(said), b"the first secret"
    assert keys.links == NumberedKeys({1: first, 2: b"a second secret of thirty-two letters"})
    assert keys.codes == keys.contacts == NumberedKeys({1: first})
