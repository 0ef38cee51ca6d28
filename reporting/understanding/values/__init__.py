"""What a report says in numbers and where the task stands: figures, shares, done or behind."""
