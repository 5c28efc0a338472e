"""Thoughts looked at, and what was found for and against them."""

from mindset.models.thought import Evidence, Side, ThoughtKind, ThoughtRecord

__all__ = ["Evidence", "Side", "ThoughtKind", "ThoughtRecord"]
