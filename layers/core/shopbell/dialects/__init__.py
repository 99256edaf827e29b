"""How platforms and shops say things: verify, check and translate."""
