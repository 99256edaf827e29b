"""Prints the table of requirements, for docs/requirements.md."""

from tests.requirements import markdown

print("\n".join(markdown()))
