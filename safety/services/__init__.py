"""The only writers of this app."""

from safety.services.lines import check_line

__all__ = ["check_line"]
