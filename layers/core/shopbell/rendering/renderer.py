"""Renders a letter from its kind, language, channel and content into what a channel can send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup

from shopbell.domain.journeys.names import UNCOLLECTED
from shopbell.domain.model.letter import Enclosure
from shopbell.domain.model.sms import plain
from shopbell.rendering.calendar_day import last_day
from shopbell.rendering.codes import codes_of, pictures
from shopbell.rendering.colours import DEFAULT_ACCENT, palette
from shopbell.rendering.combined_letter import combine_html, combine_signed_text, combine_text
from shopbell.rendering.locale_templates import LocaleTemplates, NoSuchLetterError, Tells, unheard
from shopbell.rendering.long_lists import CROWDED, MOST_HTML
from shopbell.rendering.masks import masked_name, masked_phone
from shopbell.rendering.sandbox import Part
from shopbell.rendering.structured_data import structured_data
from shopbell.rendering.typesetting import without_controls
from shopbell.rendering.whitespace import paragraphs, single_line, without_empty_lines

if TYPE_CHECKING:
    from shopbell.rendering.fields import Shapes

Content = Mapping[str, Any]
"""What the templates may name: what `letter_context` builds, with `locale`, `unsubscribe_url` and `task_url`."""


NO_FORM: Mapping[str, Any] = {
    "outcome": "",
    "notice": "",
    "answers": (),
    "card": "",
    "over": "",
    "ended_by": "",
    "fields": (),
    "typed": {},
    "wrong": {},
    "taken": (),
    "standing": None,
}
"""Of a page that takes nothing, and was posted nothing yet."""


NOTHING_TYPED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Rendered:
    """What leaves; an SMS has a text alone."""

    subject: str
    preheader: str
    html: str
    text: str
    enclosures: tuple[Enclosure, ...] = ()


class RenderedEmail(Protocol):
    """The parts of an e-mail that was rendered before, as `Rendered` and the domain's `Letter` have them."""

    @property
    def subject(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def text(self) -> str: ...


class Reminder(RenderedEmail, Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def preheader(self) -> str: ...


class Renderer:
    """The letters under `templates_dir`, each compiled once a process, when it is first asked for."""

    def __init__(self, templates_dir: Path, tells: Tells = unheard) -> None:
        self.folder, self.tells = templates_dir, tells
        self._templates: dict[tuple[str, Part], LocaleTemplates] = {}

    def locales(self) -> frozenset[str]:
        return self._locales

    @cached_property
    def _locales(self) -> frozenset[str]:
        return frozenset(words.parent.name for words in self.folder.glob("*/_words.j2"))

    def render(self, kind: str, locale: str, channel: str, content: Content, own: str = "") -> Rendered:
        """A name that the content lacks raises jinja2.UndefinedError, a letter that is not there NoSuchLetterError.

        `own`: the source of the shop's own template, whose blocks replace the shipped ones. It may raise anything;
        the shipped letter can still be rendered without it.
        """
        make = self._sms if channel == "sms" else self._email
        rendered = make(kind, locale, content, own)
        if own:
            # Imported late: most invocations meet no letter of a shop's own.
            from shopbell.rendering.sendable import check_sendable

            check_sendable(channel, rendered.html, rendered.text, content)
        return rendered

    def check(self, kind: str, locale: str, own: str, content: Content, shapes: "Shapes | None" = None) -> None:
        """Raises Refused with all that is wrong with a shop's template of this kind, whose content has these names and
        whose facts have these fields."""
        from shopbell.rendering.own_templates import check
        from shopbell.rendering.rules import AllowedNames

        templates = self._templates_of(locale, Part.PLAIN)
        # One source serves both parts, and each part has macros that the other lacks.
        macros = templates.macros_for(content) | self._templates_of(locale, Part.HTML).macros_for(content)
        allowed = AllowedNames(
            locale, macros, templates.words(), {*content, "colours"}, shapes, templates.selling(kind)
        )
        check(f"{locale}/{kind}", own, templates.environment, allowed)

    def _sms(self, kind: str, locale: str, content: Content, own: str) -> Rendered:
        blocks = self._templates_of(locale, Part.PLAIN).blocks(kind, content, own)
        return Rendered("", "", "", without_empty_lines(plain(without_controls(blocks.block("sms")))))

    def _email(self, kind: str, locale: str, content: Content, own: str) -> Rendered:
        blocks = self._templates_of(locale, Part.PLAIN).blocks(kind, content, own)
        typeset = blocks.templates.formats.typesetting
        subject, preheader = (typeset.text(single_line(blocks.block(name))) for name in ("subject", "preheader"))
        text = typeset.text(paragraphs(blocks.framed("text")))
        words: Any = blocks.templates.environment.globals["w"]
        codes = codes_of(content, words)
        html_blocks = self._templates_of(locale, Part.HTML).blocks(kind, {**content, "codes": codes}, own)
        data = Markup(structured_data(content))  # noqa: S704  # nothing in it ends the element that it stands in
        framed = html_blocks.framed("body", subject=subject, preheader=preheader, structured_data=data)
        html = typeset.page(framed)
        if len(html.encode()) > MOST_HTML and CROWDED not in content:
            return self._email(kind, locale, {**content, CROWDED: True}, own)
        return Rendered(subject, preheader, html, text, (*pictures(codes, html), *last_day(content, words)))

    def _subject(self, kind: str, locale: str, content: Content) -> str:
        """What a task asks for, in one line."""
        names = {**content, "locale": locale, "unsubscribe_url": "", "task_url": ""}
        return single_line(self._templates_of(locale, Part.PLAIN).blocks(kind, names).block("subject"))

    def gathered(self, locale: str, letters: Sequence[RenderedEmail]) -> Rendered:
        """Letters to the staff as one, in the first one's layout."""
        templates = self._templates_of(locale, Part.PLAIN)
        words = templates.module("_staff.j2")
        subject = templates.formats.typesetting.text(single_line(words.digest_subject(len(letters))))
        preheader = single_line(" · ".join(letter.subject for letter in letters))
        html = combine_html([letter.html for letter in letters], subject, preheader)
        return Rendered(subject, preheader, html, combine_text([letter.text for letter in letters]))

    def reminders(self, locale: str, letters: Sequence[Reminder], orders: Sequence[str]) -> Rendered:
        """A customer's reminders of several orders as one; `orders`: their numbers."""
        templates = self._templates_of(locale, Part.PLAIN)
        words: Any = templates.environment.globals["w"]
        wait = {letter.kind == UNCOLLECTED for letter in letters}
        waits_for = "anything" if len(wait) > 1 else "collection" if wait == {True} else "payment"
        told = single_line(words.reminders(list(dict.fromkeys(orders)), waits_for))
        subject = templates.formats.typesetting.text(told)
        preheader = single_line(" · ".join(letter.preheader for letter in letters))
        html = combine_html([letter.html for letter in letters], subject, preheader)
        return Rendered(subject, preheader, html, combine_signed_text([letter.text for letter in letters]))

    def task(self, kind: str, locale: str, content: Content, page: Content) -> str:
        """The web page of a staff task: the letter's body, and a form. `page`: what `_task.j2` names beside it."""
        templates = self._templates_of(locale, Part.HTML)
        words = templates.module("_task.j2", shop=content["shop"].name)
        # The letter's button would lead to the page that it now stands on.
        blocks = templates.blocks(kind, {**content, "task_url": ""})
        return blocks.page("_task.j2", t=words, state="", **{**NO_FORM, **page})

    def no_task(self, locale: str, state: str, typed: Mapping[str, str] = NOTHING_TYPED) -> str:
        """The same page where there is nothing to show: "unknown", "later", "unsaved", "over"."""
        words = self._templates_of(locale, Part.HTML).module("_task.j2", shop="")
        return self._bare_task(locale, words, getattr(words, f"{state}_title"), getattr(words, f"{state}_text"), typed)

    def past_task(
        self, locale: str, outcome: str, order: str, name: str, phone: str, typed: Mapping[str, str] = NOTHING_TYPED
    ) -> str:
        """What came of a task; whom it was about only they recognise who know. `typed`: what is not taken any more."""
        words = self._templates_of(locale, Part.HTML).module("_task.j2", shop="")
        about = filter(None, (order, masked_name(name), masked_phone(phone)))
        return self._bare_task(locale, words, getattr(words, outcome), " · ".join(about), typed)

    def _bare_task(self, locale: str, words: Any, title: str, text: str, typed: Mapping[str, str]) -> str:
        names = {"state": "bare", "locale": locale, "colours": palette(DEFAULT_ACCENT), "t": words}
        page = self._templates_of(locale, Part.HTML).template("_task.j2")
        return page.render(names, title=title, text=text, typed=typed)

    def _templates_of(self, locale: str, part: Part) -> LocaleTemplates:
        if locale not in self._locales:
            raise NoSuchLetterError(locale)
        if (locale, part) not in self._templates:
            self._templates[locale, part] = templates = LocaleTemplates(self.folder, locale, part, self.tells)
            templates.environment.globals["subject_of"] = lambda task: self._subject(task.kind, locale, task.content)
        return self._templates[locale, part]
