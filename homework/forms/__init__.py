"""Finding an exercise, agreeing on it, ending it."""

from homework.forms.assign import AssignForm
from homework.forms.find import FindForm
from homework.forms.stop import StopForm

__all__ = ["AssignForm", "FindForm", "StopForm"]
