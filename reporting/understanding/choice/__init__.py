"""Which task a stretch of text is about: evidence weighed, then record, ask or refuse."""
