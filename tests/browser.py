"""A page as a browser without scripts knows it: its text, its checkboxes, and what its buttons would post."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """`boxes`: each checkbox and whether it is ticked."""

    hidden: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, bool] = field(default_factory=dict)

    def posted(self, **ticked: bool) -> dict[str, str]:
        """What is posted when these boxes are changed and the button is pressed."""
        boxes = {**self.boxes, **ticked}
        return {**self.hidden, **{name: "yes" for name, on in boxes.items() if on}}


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.text = html, ""
        self.locale = ""
        self.forms: list[Form] = []
        self.labelled: set[str] = set()
        self._shown = True
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._shown = tag not in ("style", "script")
        if tag == "html":
            self.locale = given["lang"]
        elif tag == "form":
            self.forms.append(Form())
        elif tag == "label":
            self.labelled.add(given["for"])
        elif tag == "input" and given["type"] == "hidden":
            self.forms[-1].hidden[given["name"]] = given["value"]
        elif tag == "input" and given["type"] == "checkbox":
            self.forms[-1].boxes[given["name"]] = "checked" in given

    def handle_data(self, data: str) -> None:
        if self._shown:
            self.text += f" {data}"

    @property
    def boxes(self) -> dict[str, bool]:
        return self.forms[0].boxes if self.forms else {}
