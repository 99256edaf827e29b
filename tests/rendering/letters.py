"""Every letter of the samples, rendered once a process, and the lists that the tests walk."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import cache
from inspect import Signature, signature
from pathlib import Path
from typing import Any

import pytest

from shopbell.domain.journeys import KINDS
from shopbell.rendering import Rendered, Renderer
from tests.rendering.languages import TEMPLATES
from tests.rendering.samples import SAMPLES
from tests.rendering.usual import TO_CUSTOMERS, TO_STAFF

TOLD: set[str] = set()
"""The meanings that templates marked as told since it was emptied."""
RENDERER = Renderer(TEMPLATES, TOLD.add)
LOCALES = sorted(RENDERER.locales())

every_kind = pytest.mark.parametrize("kind", TO_CUSTOMERS)
every_letter = pytest.mark.parametrize("kind", KINDS)
every_locale = pytest.mark.parametrize("locale", LOCALES)
Test = Callable[..., None]


def _walking(names: Collection[str]) -> Callable[[Test], Test]:
    """One test walks the samples: thousands of tests would cost more than what they do."""

    def decorated(test: Test) -> Test:
        def walk(**given: Any) -> None:
            for sample in names:
                with _named(sample):
                    test(**given, sample=sample)

        walk.__name__, walk.__doc__, walk.__module__ = test.__name__, test.__doc__, test.__module__
        rest = [each for name, each in signature(test).parameters.items() if name != "sample"]
        walk.__signature__ = Signature(rest)  # type: ignore[attr-defined]
        walk.pytestmark = getattr(test, "pytestmark", [])  # type: ignore[attr-defined]
        return walk

    return decorated


@contextmanager
def _named(sample: str) -> Iterator[None]:
    try:
        yield
    except AssertionError as error:
        raise AssertionError(f"{sample}: {error}") from error


every_sample = _walking(tuple(SAMPLES))
harmless = _walking([name for name in SAMPLES if name != "hostile"])


@cache
def letter(kind: str, locale: str, sample: str) -> Rendered:
    return RENDERER.render(kind, locale, "email", SAMPLES[sample](kind, locale))


@cache
def sms(kind: str, locale: str, sample: str) -> str:
    return RENDERER.render(kind, locale, "sms", SAMPLES[sample](kind, locale)).text


def by_phone(kind: str, locale: str, sample: str) -> list[str]:
    """The SMS; the staff get none."""
    return [] if kind in TO_STAFF else [sms(kind, locale, sample)]


def one_letter(kind: str, into: Path) -> Path:
    """A folder of templates with this English letter alone: compiling all of them takes long."""
    (into / "en").mkdir(parents=True)
    for source in (*TEMPLATES.glob("_*"), *TEMPLATES.glob("en/_*"), TEMPLATES / "en" / f"{kind}.j2"):
        (into / source.relative_to(TEMPLATES)).write_bytes(source.read_bytes())
    return into
