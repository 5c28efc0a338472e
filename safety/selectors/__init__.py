"""Reads of this app."""

from safety.selectors.lines import has_verified_line, lines_for_help, lines_of
from safety.selectors.visit import Opening, Visitor, country_for, opening_at, visitor

__all__ = ["Opening", "Visitor", "country_for", "has_verified_line", "lines_for_help", "lines_of", "opening_at", "visitor"]
