"""Reads about clients that other apps use. Those of this app's own pages about people are in `people`."""

from clients.selectors.care import active_assignments, episodes_of, my_care, own_care, reads_until, supervised_care, supervisions, team_of
from clients.selectors.emergency import Emergency, emergencies, team_and_emergencies
from clients.selectors.entries import Period, PillarRows, check_in_of_today, last_weeks, pillar_rows, shared_practice, timeline, what_works

__all__ = [
    "Emergency",
    "Period",
    "PillarRows",
    "active_assignments",
    "check_in_of_today",
    "emergencies",
    "episodes_of",
    "last_weeks",
    "my_care",
    "own_care",
    "pillar_rows",
    "reads_until",
    "shared_practice",
    "supervised_care",
    "supervisions",
    "team_and_emergencies",
    "team_of",
    "timeline",
    "what_works",
]
