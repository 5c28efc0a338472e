"""Guided exercises: the library, what is agreed with a client, runs and answers, not-today. Both sides of it. Not for the pillars' own records."""
