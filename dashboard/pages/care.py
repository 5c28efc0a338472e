"""The summary of a stretch of care, from what is shared: counts, dates and her own words; nothing is concluded."""

from datetime import datetime, time
from typing import Any

from clients.models import Client
from clients.models.care import Kind
from clients.selectors import episodes_of, shared_practice, team_of, what_works
from core.zones import zone
from dashboard.pages.record import works_rows
from homework.models.agreement import AssignmentState
from homework.selectors import assignments_with_progress
from strengths.selectors import shared_names
from therapy.selectors import goals_with_scale, held_and_next

ENDED_STATES = (AssignmentState.ACTIVE, AssignmentState.FINISHED, AssignmentState.STOPPED, AssignmentState.REPLACED)


def summary_context(client: Client) -> dict[str, Any]:
    """Of the latest episode; of a client who waits, what there is."""
    episode = next(iter(episodes_of(client)), None)
    began = episode.started_on if episode is not None else client.started_on
    held, _upcoming = held_and_next(client, datetime.combine(began, time(), zone(client.clinic.timezone)))
    ledger = what_works(client, list(shared_practice(client)))
    return {
        "episode": episode,
        "began": began,
        "therapists": [care.therapist.name for care in team_of(client) if care.kind in (Kind.PRIMARY, Kind.CO)],
        "held": held,
        "goals": [*goals_with_scale(client), *goals_with_scale(client, closed=True)],
        "works": works_rows(ledger),
        "strengths": shared_names(client),
        "tasks": [task for task in assignments_with_progress(client, states=ENDED_STATES) if task.done],
    }
