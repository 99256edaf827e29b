"""What is remembered and told: shops, customers, orders, messages, decisions."""
