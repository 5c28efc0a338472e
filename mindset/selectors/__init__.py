"""Reads of this pillar."""

from mindset.selectors.summary import pillar_summary
from mindset.selectors.thoughts import evidence_of, fairer_before, part_done, thought_of, thought_of_run, thoughts_of, wants_short

__all__ = [
    "evidence_of",
    "fairer_before",
    "part_done",
    "pillar_summary",
    "thought_of",
    "thought_of_run",
    "thoughts_of",
    "wants_short",
]
