"""Fast tests over fakes."""
