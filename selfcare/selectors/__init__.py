"""Reads of the week and its nights; and what the record says about this pillar."""

from selfcare.selectors.summary import pillar_summary
from selfcare.selectors.week import (
    activities_of,
    activity_of,
    entries_between,
    first_nights,
    left_out,
    logs_of,
    one_a_morning,
    standing,
    wordings_of,
)

__all__ = [
    "activities_of",
    "activity_of",
    "entries_between",
    "first_nights",
    "left_out",
    "logs_of",
    "one_a_morning",
    "pillar_summary",
    "standing",
    "wordings_of",
]
