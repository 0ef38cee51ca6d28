"""The commands of `liaison-bot`, by subject."""
