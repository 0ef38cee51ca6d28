"""How a message runs: lists, rests, exceptions, what is taken back; and its one outcome."""
