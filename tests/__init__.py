"""Tests, by reach."""
