"""`make demo`: a year of two invented shops, played on the local stack."""
