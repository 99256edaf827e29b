"""Every letter of the samples, rendered once a process, and the lists that the tests walk."""

from functools import cache
from pathlib import Path

import pytest

from shopbell.rendering import Rendered, Renderer
from tests.rendering.samples import KINDS, SAMPLES, STAFF

TEMPLATES = Path(__file__).parents[2] / "templates"
RENDERER = Renderer(TEMPLATES)
LOCALES = sorted(RENDERER.locales())

every_kind = pytest.mark.parametrize("kind", KINDS)
every_letter = pytest.mark.parametrize("kind", [*KINDS, *STAFF])
every_locale = pytest.mark.parametrize("locale", LOCALES)
every_sample = pytest.mark.parametrize("sample", SAMPLES)
harmless = pytest.mark.parametrize("sample", [name for name in SAMPLES if name != "hostile"])


@cache
def letter(kind: str, locale: str, sample: str) -> Rendered:
    return RENDERER.render(kind, locale, "email", SAMPLES[sample](kind, locale))


@cache
def sms(kind: str, locale: str, sample: str) -> str:
    return RENDERER.render(kind, locale, "sms", SAMPLES[sample](kind, locale)).text


def by_phone(kind: str, locale: str, sample: str) -> list[str]:
    """The SMS; the staff get none."""
    return [] if kind in STAFF else [sms(kind, locale, sample)]
