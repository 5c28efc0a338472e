"""What the clinic itself keeps for a crisis."""

from safety.models.lines import CrisisLine, How, LineCheck

__all__ = ["CrisisLine", "How", "LineCheck"]
