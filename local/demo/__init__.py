"""`make demo`: three months of two invented shops, played on the local stack."""
