"""Time: instants, spans, days of the year, a shop's working calendar."""
