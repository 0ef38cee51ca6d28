"""The process: chooses the real things and runs them."""
