"""What survives when things die."""
