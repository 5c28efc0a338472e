"""The append-only trail: who did what, when, to which row. Below accounts and without foreign keys, so that every floor may write to it. Never holds a word of content."""
