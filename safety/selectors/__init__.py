"""Reads of this app: the help page's, the crisis lines', and those of the safety plan."""

from safety.selectors.lines import checked_lines, has_verified_line, lines_for_help, lines_of
from safety.selectors.plan import current_safety_plan, has_plan, safety_plan_versions, with_next_review
from safety.selectors.visit import Opening, Visitor, country_for, opening_at, visitor

__all__ = [
    "Opening",
    "Visitor",
    "checked_lines",
    "country_for",
    "current_safety_plan",
    "has_plan",
    "has_verified_line",
    "lines_for_help",
    "lines_of",
    "opening_at",
    "safety_plan_versions",
    "visitor",
    "with_next_review",
]
