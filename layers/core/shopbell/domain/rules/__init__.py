"""What the journeys' rows are made of: moments, conditions, triggers, promises, consent, bonus."""
