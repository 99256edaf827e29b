"""How a planned message leaves: looked at, rendered, counted, claimed, sent, reported on."""
