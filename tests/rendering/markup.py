"""What a browser would quietly repair in a page: nesting, doubled attributes, pictures without sizes."""

from html.parser import HTMLParser

LONELY = frozenset({"br", "meta", "img", "input", "link", "hr", "path"})
BLOCKS = frozenset({"p", "table", "ul", "h1", "h2", "div", "form", "section"})
WORDS_ALONE = ("p", "h1", "h2", "a", "span", "strong")
PARENTS = {"tr": ("table",), "td": ("tr",), "th": ("tr",), "li": ("ul",)}


class Inspector(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.faults: list[str] = []
        self.feed(html)
        self.faults += [f"{tag} is left open" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._nested(tag)
        self._described(tag, attrs)
        if tag not in LONELY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in LONELY:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"{tag} ends what it did not begin")
        else:
            self.open.pop()

    def _nested(self, tag: str) -> None:
        parent = self.open[-1] if self.open else ""
        if tag in PARENTS and parent not in PARENTS[tag]:
            self.faults.append(f"{tag} in {parent}")
        if parent in ("table", "tr", "ul") and PARENTS.get(tag, ("",))[0] != parent:
            self.faults.append(f"{tag} in {parent}")
        self.faults += [f"{tag} in {each}" for each in self.open if tag in BLOCKS and each in WORDS_ALONE]
        if tag == "a" and "a" in self.open:
            self.faults.append("a in a")

    def _described(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) != len(attrs):
            self.faults.append(f"{tag} says something twice")
        if (name := given.get("id")) is not None:
            self.faults += [f"two are called {name}"] if name in self.ids else []
            self.ids.add(name)
        needed = {"img": ("alt", "width", "height"), "svg": ("width", "height"), "html": ("lang",)}.get(tag, ())
        self.faults += [f"{tag} without {name}" for name in needed if given.get(name) is None]
