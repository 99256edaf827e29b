"""What happens to an order, a complaint, a customer: events merged, steps decided, sweeps."""
