"""What is wrong in the shipped letters, each fault with its line: read first, and then made."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError

from shopbell.commands.letter_facts import SHAPES
from shopbell.commands.samples import any_shop, samples
from shopbell.domain.journeys import KINDS
from shopbell.domain.model.problems import Refused
from shopbell.rendering import Renderer
from tests.quick.files import languages, shown


def wrong_letters(folder: Path) -> Iterator[str]:
    """Syntax, blocks, unknown facts, fields, filters and macros."""
    renderer = Renderer(folder)
    names = {kind: _names(kind) for kind in KINDS}
    for language in languages(folder):
        for kind in KINDS:
            path = language / f"{kind}.j2"
            if path.is_file():
                yield from _wrong_in(renderer, path, names[kind])


def _names(kind: str) -> Mapping[str, Any]:
    """What a letter of this kind may name, whatever the order."""
    return {name: value for content in samples(kind, "en", any_shop()) for name, value in content.items()}


def _wrong_in(renderer: Renderer, path: Path, content: Mapping[str, Any]) -> Iterator[str]:
    try:
        renderer.check(path.stem, path.parent.name, path.read_text("utf-8"), content, SHAPES)
    except Refused as refused:
        for problem in refused.problems:
            line = problem.pointer.rpartition(":")[2]
            yield f"templates/{path.parent.name}/{path.name}:{line}: {problem.detail}"
    except TemplateSyntaxError as error:  # of a file that this one uses
        yield f"{shown(renderer.folder, error.filename)}:{error.lineno}: {error.message}"


def letters_not_made(folder: Path) -> Iterator[str]:
    """Each letter whose usual content it cannot be made of; imported late: the samples are read from the same files."""
    from tests.rendering.usual import TO_STAFF, usual

    renderer = Renderer(folder)
    for language in languages(folder):
        for kind in KINDS:
            for channel in ("email",) if kind in TO_STAFF else ("email", "sms"):
                try:
                    renderer.render(kind, language.name, channel, usual(kind, language.name))
                except Exception as error:  # noqa: BLE001  # a template can raise whatever Python can
                    yield f"{_line_of(error, folder, f'{language.name}/{kind}.j2')}: {type(error).__name__}: {error}"


def _line_of(error: Exception, folder: Path, otherwise: str) -> str:
    """The innermost line of a template in the traceback."""
    found, trace = f"templates/{otherwise}", error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            found = f"{shown(folder, file)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found
