"""Word and Excel: reading decomposition tables and contacts."""
