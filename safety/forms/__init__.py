"""Forms of this app."""

from safety.forms.lines import CheckForm

__all__ = ["CheckForm"]
