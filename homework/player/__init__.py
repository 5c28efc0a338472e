"""The player's rules without a database: what an exercise is, which step comes next, what an answer may be, how it reads. Not for saving anything."""
