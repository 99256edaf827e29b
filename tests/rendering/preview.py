"""Writes the sample letters to a folder: python -m tests.rendering.preview OUT_DIR [locale …]."""

import sys
from base64 import b64encode
from pathlib import Path

from shopbell.rendering import NoSuchLetterError, Rendered, Renderer
from tests.rendering.samples import SAMPLES

TEMPLATES = Path(__file__).parents[2] / "templates"


def kinds(locale: str) -> list[str]:
    return sorted(path.stem for path in (TEMPLATES / locale).glob("[!_]*.j2"))


def write(renderer: Renderer, out: Path, locale: str, kind: str) -> None:
    for sample, build in SAMPLES.items():
        content, name = build(kind, locale), f"{locale}-{kind}-{sample}"
        letter = renderer.render(kind, locale, "email", content)
        (out / f"{name}.html").write_text(with_pictures(letter), "utf-8")
        head = f"Subject: {letter.subject}\nPreheader: {letter.preheader}\n\n"
        (out / f"{name}.txt").write_text(head + letter.text + sms(renderer, kind, locale, sample), "utf-8")


def with_pictures(letter: Rendered) -> str:
    html = letter.html
    for each in letter.enclosures:
        data = f"data:{each.content_type};base64,{b64encode(each.content).decode()}"
        html = html.replace(f"cid:{each.content_id}", data) if each.content_id else html
    return html


def sms(renderer: Renderer, kind: str, locale: str, sample: str) -> str:
    try:
        return "\n\nSMS:\n" + renderer.render(kind, locale, "sms", SAMPLES[sample](kind, locale)).text + "\n"
    except NoSuchLetterError:
        return ""


def main(out: Path, locales: list[str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    renderer = Renderer(TEMPLATES)
    for locale in locales or sorted(renderer.locales()):
        for kind in kinds(locale):
            write(renderer, out, locale, kind)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
