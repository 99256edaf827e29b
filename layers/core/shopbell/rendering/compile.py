"""Compiles the templates ahead, when their layer is built: python -m shopbell.rendering.compile SRC DEST.

DEST becomes a copy of SRC with a folder `_compiled` of Python modules, which `Renderer` takes where it finds them.
"""

import shutil
import sys
from pathlib import Path

from shopbell.rendering.sandbox import Part, environment
from shopbell.rendering.source import LetterLoader
from shopbell.rendering.voice import COMPILED


def compile_all(source: Path, target: Path) -> None:
    for path in sorted((*source.rglob("*.j2"), source / "_styles.css")):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    for part in Part:
        made = environment(part, LetterLoader(source, part))
        made.compile_templates(target / COMPILED / part, zip=None, ignore_errors=False)


if __name__ == "__main__":
    compile_all(Path(sys.argv[1]), Path(sys.argv[2]))
