"""Forms of this app."""

from safety.forms.plan import ReviewForm, StepForm

__all__ = ["ReviewForm", "StepForm"]
