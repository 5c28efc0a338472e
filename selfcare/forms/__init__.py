"""What this app's pages take in."""

from selfcare.forms.activity import ActivityForm
from selfcare.forms.log import LogForm
from selfcare.forms.night import NightForm

__all__ = ["ActivityForm", "LogForm", "NightForm"]
