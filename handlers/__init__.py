"""What happens: one plain async function for each thing that starts something."""
