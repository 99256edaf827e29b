"""What operators ask for: explain, replan, pause, redrive, put a shop."""
