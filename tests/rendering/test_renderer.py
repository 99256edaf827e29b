"""What the templates may do and may not, what is refused, and that compiling ahead changes nothing."""

import gc
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from shopbell.rendering import NoSuchLetterError, Renderer, locale_templates
from shopbell.rendering.colours import DARK_PAPER, WHITE, contrast, palette
from shopbell.rendering.compile import compile_all
from shopbell.rendering.sandbox import Part, environment
from shopbell.rendering.source import inline, keep_part, read_styles
from tests.rendering.letters import one_letter
from tests.rendering.usual import usual

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_a_letter_that_is_not_there_is_refused() -> None:
    renderer = Renderer(TEMPLATES)
    with pytest.raises(NoSuchLetterError):
        renderer.render("order_lost_at_sea", "en", "email", usual("order_shipped", "en"))
    with pytest.raises(NoSuchLetterError):
        renderer.render("order_shipped", "tlh", "email", usual("order_shipped", "en"))


def test_a_folder_with_words_is_a_language(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES, tmp_path, dirs_exist_ok=True)
    shutil.copytree(TEMPLATES / "en", tmp_path / "en-ZA")
    (tmp_path / "drafts").mkdir()
    renderer = Renderer(tmp_path)
    assert renderer.locales() == Renderer(TEMPLATES).locales() | {"en-ZA"}
    assert "1001" in renderer.render("order_shipped", "en-ZA", "email", usual("order_shipped", "en")).subject


def test_a_fact_that_was_never_said_stops_the_letter() -> None:
    content = usual("order_shipped", "en")
    del content["shipped_on"]
    with pytest.raises(UndefinedError):
        Renderer(TEMPLATES).render("order_shipped", "en", "email", content)


def test_an_sms_has_a_text_alone() -> None:
    said = Renderer(TEMPLATES).render("order_shipped", "en", "sms", usual("order_shipped", "en"))
    assert (said.subject, said.preheader, said.html) == ("", "", "")
    assert said.text == "Good Shop: order 1001 was sent on 3 Mar, expected by 7 Mar. Tracking: 20451234567890"


def test_templates_compiled_ahead_say_the_same_without_their_source(tmp_path: Path) -> None:
    kind, compiled = "order_received", tmp_path / "compiled"
    compile_all(one_letter(kind, tmp_path / "edited"), compiled)
    for source in compiled.rglob("*.j2"):
        source.write_text("{{ nothing of this is read }}")
    folders = TEMPLATES, compiled
    edited, built = (Renderer(folder).render(kind, "en", "email", usual(kind, "en")) for folder in folders)
    assert built == edited
    assert (compiled / locale_templates.COMPILED / Part.HTML).is_dir()


def test_a_letter_leaves_nothing_to_the_garbage_collector() -> None:
    renderer, content = Renderer(TEMPLATES), usual("order_received", "en")
    renderer.render("order_received", "en", "email", content)
    gc.collect()
    gc.disable()
    try:
        renderer.render("order_received", "en", "email", content)
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "attempt",
    [
        "{{ value.__class__ }}",
        "{{ value['__class__'] }}",
        "{{ value|attr('__class__') }}",
        "{{ call.__globals__ }}",
        "{{ '{0.__class__}'.format(value) }}",
        "{{ value.__class__.mro() }}",
    ],
)
def test_a_template_cannot_leave_its_room(attempt: str) -> None:
    template = environment(Part.PLAIN, None).from_string(attempt)
    with pytest.raises((SecurityError, UndefinedError)):
        template.render(value=SimpleNamespace(name="x"), call=test_an_sms_has_a_text_alone)


@pytest.mark.parametrize(
    ("block", "part", "kept"),
    [("body", Part.HTML, True), ("body", Part.PLAIN, False), ("sms", Part.PLAIN, True), ("sms", Part.HTML, False)],
)
def test_each_part_keeps_its_own_blocks(block: str, part: Part, kept: bool) -> None:
    source = f"{{% block {block} %}}here{{% endblock %}}"
    assert ("here" in keep_part(source, part)) is kept


def test_styles_go_into_the_tags_they_are_written_for() -> None:
    styles = read_styles("/* calm */ p, .soft { color: red;\n margin: 0 } .big { margin: 4px }\na { color: {{ c }} }")
    assert inline('<p class="soft big">x</p><br>', styles) == (
        '<p class="soft big" style="color:red;margin:4px">x</p><br>'
    )
    assert inline('<a href="{{ a > b }}" style="top:0">', styles) == (
        '<a href="{{ a > b }}" style="color:{{ c }};top:0">'
    )


@pytest.mark.parametrize("accent", ["#1f5f8b", "#ffee00", "#000000", "#ffffff", "#777777", "#e4002b", "nonsense"])
def test_any_accent_can_be_read_by_day_and_by_night(accent: str) -> None:
    colours = palette(accent)
    assert contrast(colours.on_button, colours.button) >= 4.5
    assert contrast(colours.link, WHITE) >= 4.5
    assert contrast(colours.dark_link, DARK_PAPER) >= 4.5
    assert contrast(colours.on_dark_link, colours.dark_link) >= 4.5
