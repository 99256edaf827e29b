"""Writes the parts of the documents that are made from the code anew: `make docs`."""

from tests.documents.generated import written
from tests.documents.reading import DOCS

for name, text in written().items():
    path = DOCS / name
    if path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")
        print(f"docs/{name}: written anew")
