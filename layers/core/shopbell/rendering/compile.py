"""Compiles the templates when their layer is built: python -m shopbell.rendering.compile SRC DEST.

DEST becomes a copy of SRC with a folder `_compiled` of Python modules; `Renderer` prefers these to the templates.
"""

import shutil
import sys
from pathlib import Path

from shopbell.rendering.locale_templates import COMPILED
from shopbell.rendering.sandbox import Part, environment
from shopbell.rendering.source import LetterLoader


def compile_all(source: Path, target: Path) -> None:
    for path in sorted((*source.rglob("*.j2"), source / "_styles.css")):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    for part in Part:
        templates = environment(part, LetterLoader(source, part))
        templates.compile_templates(target / COMPILED / part, zip=None, ignore_errors=False)


if __name__ == "__main__":
    compile_all(Path(sys.argv[1]), Path(sys.argv[2]))
