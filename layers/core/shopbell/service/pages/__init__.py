"""The pages behind the links of letters: the customer's own and the staff's tasks."""
