"""Prints the table of requirements, for the README."""

from tests.requirements import markdown

print("\n".join(markdown()))
