"""Whole months that read like a chat."""
