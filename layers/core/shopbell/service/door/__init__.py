"""What shops' systems ask at the door: events to take, coupons to check."""
