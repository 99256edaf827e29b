"""What a change of a letter, of a row of the table or of a pure rule can break, one line a cause: `make quick`."""
