"""Views of this app, one noun a file: Help now, the safety plan at the desk."""

from safety.views.help import help_now

__all__ = ["help_now"]
