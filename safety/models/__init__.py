"""What this app keeps."""

from safety.models.plan import Line, SafetyPlan

__all__ = ["Line", "SafetyPlan"]
