"""What a letter says, as plain values for its templates; no language, no format."""
