"""Runs: what is told to many customers, page by page."""
