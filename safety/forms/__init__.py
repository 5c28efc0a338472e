"""Forms of this app."""

from safety.forms.lines import CheckForm
from safety.forms.plan import ReviewForm, StepForm

__all__ = ["CheckForm", "ReviewForm", "StepForm"]
