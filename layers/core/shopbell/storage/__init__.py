"""The table: the only code that knows a key."""
