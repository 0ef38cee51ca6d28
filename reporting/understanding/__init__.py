"""From a liaison's text to what it says."""
