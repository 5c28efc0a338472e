"""Reads of this app: the help page's, and those of the safety plan."""

from safety.selectors.help import Opening, Visitor, country_for, opening_at, visitor
from safety.selectors.plan import current_safety_plan, has_plan, safety_plan_versions, with_next_review

__all__ = ["Opening", "Visitor", "country_for", "current_safety_plan", "has_plan", "opening_at", "safety_plan_versions", "visitor", "with_next_review"]
