"""Shopbell: tells an online shop's customers what happens to their order, and otherwise keeps quiet."""
