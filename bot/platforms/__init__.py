"""The outside chat systems; only here are their protocols known."""
