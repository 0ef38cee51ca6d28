"""The demonstration: a sample office, both platforms simulated, a clock to move."""
