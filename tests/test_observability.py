"""Whatever a fact is called, it can be written down."""

import io
import json

import pytest

from shopbell import observability


@pytest.mark.parametrize(("name", "said"), [("shop", "shop"), ("message", "message_id"), ("name", "name_id")])
def test_a_fact_of_any_name_is_noted(name: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = io.StringIO()
    monkeypatch.setattr(observability.logger().handlers[0], "stream", lines)
    observability.note("in_doubt", {name: "abc"})
    written = json.loads(lines.getvalue())
    assert (written["message"], written[said]) == ("in_doubt", "abc")
