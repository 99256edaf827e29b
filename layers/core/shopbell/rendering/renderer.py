"""Renders one letter: a kind, a language, a channel and the facts, into what a channel can send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from shopbell.domain.model.sms import plain
from shopbell.rendering import gathering, tidy
from shopbell.rendering.colours import OTHERWISE, palette
from shopbell.rendering.sandbox import Part
from shopbell.rendering.voice import NoSuchLetterError, Voice

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What leaves; an SMS has a text alone."""

    subject: str
    preheader: str
    html: str
    text: str


class Written(Protocol):
    """A letter as it was rendered."""

    @property
    def subject(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def text(self) -> str: ...


class Renderer:
    """The letters under `templates_dir`, each prepared once a process, when it is first asked for."""

    def __init__(self, templates_dir: Path) -> None:
        self.folder = templates_dir
        self._voices: dict[tuple[str, Part], Voice] = {}

    def locales(self) -> frozenset[str]:
        return self._locales

    @cached_property
    def _locales(self) -> frozenset[str]:
        return frozenset(words.parent.name for words in self.folder.glob("*/_words.j2"))

    def render(self, kind: str, locale: str, channel: str, content: Content, own: str = "") -> Rendered:
        """Content is what the templates' authors were promised; a name that is not there raises
        jinja2.UndefinedError, a letter that is not there NoSuchLetterError. `own`: a template of the shop's,
        whose blocks stand in for the shipped ones; whatever it raises, the shipped letter can be made without it."""
        make = self._sms if channel == "sms" else self._letter
        made = make(kind, locale, content, own)
        if own:
            from shopbell.rendering.fit import fit

            fit(channel, made.html, made.text, content)
        return made

    def check(self, kind: str, locale: str, own: str, content: Content) -> None:
        """Raises Refused with all that is wrong with a shop's template of this kind, whose content has these names."""
        from shopbell.rendering.own import check
        from shopbell.rendering.rules import House

        voices = [self._voice(locale, part) for part in Part]
        macros = frozenset().union(*(voice.macros_for(content) for voice in voices))
        house = House(locale, macros, voices[0].words(), {*content, "colours"})
        check(f"{locale}/{kind}", own, voices[0].environment, house)

    def _sms(self, kind: str, locale: str, content: Content, own: str) -> Rendered:
        scene = self._voice(locale, Part.PLAIN).scene(kind, content, own)
        return Rendered("", "", "", tidy.lines(plain(scene.block("sms"))))

    def _letter(self, kind: str, locale: str, content: Content, own: str) -> Rendered:
        scene = self._voice(locale, Part.PLAIN).scene(kind, content, own)
        subject, preheader = (tidy.one_line(scene.block(name)) for name in ("subject", "preheader"))
        text = tidy.paragraphs(scene.framed("text"))
        markup = self._voice(locale, Part.HTML).scene(kind, content, own)
        html = markup.framed("body", subject=subject, preheader=preheader)
        return Rendered(subject, preheader, html, text)

    def gathered(self, locale: str, letters: Sequence[Written]) -> Rendered:
        """Letters to the staff as one: the first one's frame round them all."""
        words = self._voice(locale, Part.PLAIN).module("_staff.j2")
        subject = tidy.one_line(words.digest_subject(len(letters)))
        preheader = tidy.one_line(" · ".join(letter.subject for letter in letters))
        html = gathering.html([letter.html for letter in letters], subject, preheader)
        return Rendered(subject, preheader, html, gathering.text([letter.text for letter in letters]))

    def task(self, kind: str, locale: str, content: Content, page: Content) -> str:
        """What a letter asks the staff to do, as a page that takes the answer; `page`: what the frame shows."""
        voice = self._voice(locale, Part.HTML)
        words = voice.module("_task.j2", shop=content["shop"].name)
        scene = voice.scene(kind, {**content, "task_url": ""})
        return scene.page("_task.j2", t=words, state="", **page)

    def no_task(self, locale: str, state: str) -> str:
        """The same page where there is nothing to show: "unknown", "later", "over"."""
        voice = self._voice(locale, Part.HTML)
        words = voice.module("_task.j2", shop="")
        names = {"t": words, "state": state, "locale": locale, "colours": palette(OTHERWISE)}
        title, text = getattr(words, f"{state}_title"), getattr(words, f"{state}_text")
        return voice.template("_task.j2").render(names, title=title, text=text)

    def _voice(self, locale: str, part: Part) -> Voice:
        if locale not in self._locales:
            raise NoSuchLetterError(locale)
        if (locale, part) not in self._voices:
            self._voices[locale, part] = Voice(self.folder, locale, part)
        return self._voices[locale, part]
