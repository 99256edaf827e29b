"""How a rendered message leaves: one module a channel."""
