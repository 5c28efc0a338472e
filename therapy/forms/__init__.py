"""Forms for appointments, notes and goals."""

from therapy.forms.goals import AddGoalForm, EditGoalForm, RateForm
from therapy.forms.notes import AmendForm, PrivateNoteEditForm, PrivateNoteForm, SignForm
from therapy.forms.when import CancelForm, MoveForm, PlanForm, WhenFields

__all__ = [
    "AddGoalForm",
    "AmendForm",
    "CancelForm",
    "EditGoalForm",
    "MoveForm",
    "PlanForm",
    "PrivateNoteEditForm",
    "PrivateNoteForm",
    "RateForm",
    "SignForm",
    "WhenFields",
]
