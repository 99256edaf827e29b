"""What the shop's own people read: whom to ring, and what to say."""

from types import SimpleNamespace

import pytest

from shopbell.domain.journeys import JOURNEYS
from tests.rendering.letters import RENDERER
from tests.rendering.reader import Reader
from tests.rendering.samples import SAMPLES
from tests.rendering.usual import usual

UNREACHABLE = "staff_unreachable_customer"
NEWS = sorted({row.kind for row in JOURNEYS if row.message_class == "transactional"})

every_locale = pytest.mark.parametrize("locale", sorted(RENDERER.locales()))


@every_locale
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_staff_are_told_whom_to_ring(locale: str, sample: str) -> None:
    content = SAMPLES[sample](UNREACHABLE, locale)
    said = RENDERER.render(UNREACHABLE, locale, "staff", content)
    phone, email = content["customer"].phone, content["customer"].email
    assert content["order"].number in said.subject
    assert f"tel:{phone}" in Reader(said.html).links or not phone
    for part in (said.text, Reader(said.html).text):
        assert phone[-4:-2] in part
        assert email in part


@every_locale
def test_the_staff_are_told_in_words_what_the_customer_has_not_heard(locale: str) -> None:
    told = {}
    for news in NEWS:
        content = usual(UNREACHABLE, locale)
        content["undelivered"] = SimpleNamespace(news=[news], channel="email", why="bounced")
        told[news] = RENDERER.render(UNREACHABLE, locale, "staff", content).text
    assert len(set(told.values())) == len(NEWS)
    assert not [news for news, text in told.items() if news in text]


@every_locale
def test_the_staff_are_told_why_it_did_not_arrive(locale: str) -> None:
    reasons = [("email", "bounced"), ("email", "refused"), ("sms", "refused"), ("email", "silent"), ("sms", "silent")]
    said = set()
    for channel, why in reasons:
        content = usual(UNREACHABLE, locale)
        content["undelivered"] = SimpleNamespace(news=["order_shipped"], channel=channel, why=why)
        said.add(RENDERER.render(UNREACHABLE, locale, "staff", content).text)
    assert len(said) == len(reasons)


@every_locale
def test_a_letter_to_the_staff_does_not_thank_them_for_their_order(locale: str) -> None:
    ours = RENDERER.render(UNREACHABLE, locale, "staff", usual(UNREACHABLE, locale))
    customers = RENDERER.render("order_shipped", locale, "email", usual("order_shipped", locale))
    why_order = customers.text.splitlines()[-1]
    assert why_order in Reader(customers.html).text
    assert why_order not in ours.text + Reader(ours.html).text
