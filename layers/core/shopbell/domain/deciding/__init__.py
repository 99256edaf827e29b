"""What is to be sent, to whom and when, with a reason for each."""
