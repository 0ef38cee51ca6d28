"""The subject: plain Python that imports nothing of ours."""
