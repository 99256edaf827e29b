"""Takes from npm's `caniemail` what Apple Mail, Gmail and Outlook support, with its licence:
`python -m infrastructure.mail_programs PACKAGE FOLDER`."""

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PROGRAMS = ("apple-mail", "gmail", "outlook")
ENDED = ("windows-mail",)
"""Microsoft ended it with the year 2024."""


def table(package: Path) -> dict[str, Any]:
    """`features`: of each a letter for each of `platforms`, in their order: "y" supported, "a" in part, "n" not,
    "u" not known."""
    about = json.loads((package / "package.json").read_text("utf-8"))
    data = json.loads((package / "data" / "caniemail.json").read_text("utf-8"))
    platforms = list(_platforms(data["data"]))
    features = {each["slug"]: "".join(_newest(each["stats"], *at) for at in platforms) for each in data["data"]}
    source = (
        f"{about['name']} {about['version']} of npm, data of {data['last_update_date'][:10]}, MIT: caniemail.LICENSE"
    )
    return {"source": source, "platforms": [" ".join(at) for at in platforms], "features": features}


def _platforms(features: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for program in PROGRAMS:
        named = dict.fromkeys(platform for each in features for platform in each["stats"].get(program, ()))
        yield from ((program, platform) for platform in named if platform not in ENDED)


def _newest(stats: Mapping[str, Any], program: str, platform: str) -> str:
    """The versions stand oldest first."""
    told = [*stats.get(program, {}).get(platform, {}).values()]
    return str(told[-1])[0] if told else "u"


def main(package: Path, folder: Path) -> None:
    (folder / "caniemail.json").write_text(json.dumps(table(package), indent=1) + "\n", "utf-8")
    shutil.copyfile(package / "LICENSE", folder / "caniemail.LICENSE")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
