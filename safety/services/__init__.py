"""The writers of this app, one noun a file."""

from safety.services.plan import review_safety_plan, save_safety_plan

__all__ = ["review_safety_plan", "save_safety_plan"]
