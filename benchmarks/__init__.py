"""The performance figures that `make bench` takes, and what they are taken with."""
