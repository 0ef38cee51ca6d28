"""Text as it is typed: one form for it, its clauses, numbers and sounds, and what its words do."""
