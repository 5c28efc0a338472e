"""What this app keeps: a client's safety plan, and the clinic's checks of crisis lines."""

from safety.models.lines import CrisisLine, How, LineCheck
from safety.models.plan import Line, SafetyPlan

__all__ = ["CrisisLine", "How", "Line", "LineCheck", "SafetyPlan"]
