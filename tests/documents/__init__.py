"""The documents: what of them is made from the code, and how they are read."""
