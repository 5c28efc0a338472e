"""Reads of strengths and supporters that other apps use, and what the record says about this pillar."""

from strengths.selectors.people import my_people
from strengths.selectors.strengths import my_strengths, shared_names
from strengths.selectors.summary import pillar_summary

__all__ = ["my_people", "my_strengths", "pillar_summary", "shared_names"]
