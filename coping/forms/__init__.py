"""What this app's pages take in."""

from coping.forms.plan import PlanForm
from coping.forms.strategy import AddStrategyForm, ChangeStrategyForm
from coping.forms.use import UseForm

__all__ = ["AddStrategyForm", "ChangeStrategyForm", "PlanForm", "UseForm"]
