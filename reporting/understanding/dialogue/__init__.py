"""The numbered question, the answers to it, and what an answer teaches the office."""
