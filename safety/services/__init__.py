"""The only writers of this app, one noun a file."""

from safety.services.lines import check_line
from safety.services.plan import review_safety_plan, save_safety_plan

__all__ = ["check_line", "review_safety_plan", "save_safety_plan"]
