"""The README's five minutes to the first letter, as it stands there, in a shell."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.local.outsider import ROOT, Outsider, environment

NEEDED = ("sh", "curl", "openssl", "od", "base64")
CHAPTER = re.compile(r"## Your shop's first letter(.*?)\n## ", re.DOTALL)


@pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason="needs " + ", ".join(NEEDED))
def test_a_letter_arrives_in_five_minutes(product: str, tmp_path: Path) -> None:
    chapter = CHAPTER.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert chapter
    blocks = re.findall(r"```sh\n(.*?)```", chapter[1], re.DOTALL)[1:]
    script = "".join(blocks).replace("http://127.0.0.1:8700", product)
    script = script.replace(".venv/bin/shopbell", f"{sys.executable} -m shopbell.commands")
    assert Outsider(product).ask("POST", "/local/reset").status == 204
    port = str(urlsplit(product).port)
    done = subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=tmp_path,
        env=environment(PORT=port),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    letters, tasks = (_kinds(product, channel) for channel in ("email", "staff"))
    assert letters == ["order_received", "order_unpaid_first"]
    assert tasks == ["staff_confirm_order", *["staff_order_late"] * 4]


def _kinds(product: str, channel: str) -> list[str]:
    found = Outsider(product).messages(f"?shop=dobra&order=1001&channel={channel}")
    return [message["kind"] for message in found]
