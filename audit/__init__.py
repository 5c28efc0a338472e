"""The append-only trail: who did what, when, to which row. Never holds a word of content.

Below accounts and without foreign keys, so that every floor may write to it.
"""
