"""`{% talk_mark row %}` on the client's page of one entry: "Talk about this", or that it is on the list."""

from typing import Any

from django import template
from django.db.models import Exists
from django.template import Context

from clients.models import EntryModel, TimelineEntry, Visibility
from coping.models import CopingStrategy
from homework.models import ExerciseRun
from mindset.models import ThoughtRecord
from selfcare.models import CompassionNote, SelfCareActivity
from therapy.selectors.agenda import talked_about

register = template.Library()

RUN = ExerciseRun._meta.label_lower


@register.inclusion_tag("portal/talk_mark.html", takes_context=True)
def talk_mark(context: Context, row: EntryModel, back: str) -> dict[str, Any]:
    """Nothing where the entry is not the client's own or she only reads. `back` names the page to come back to (portal.views.talk.BACK). One statement."""
    request = context["request"]
    entry = line_of(row) if request.can_write else None
    if entry is None or (entry.source_kind != RUN and entry.created_by_id != request.user.pk):
        return {"entry": None}
    marked = entry.for_session and not entry.settled
    private = entry.visibility == Visibility.ONLY_ME
    return {
        "request": request,
        "entry": entry,
        "marked": marked,
        "private": private,
        "back": back,
        "at": row.line if isinstance(row, CompassionNote) else row.pk,
    }


def line_of(row: EntryModel) -> Any:
    """Its line on the axis, which is what the list collects: of a thought that of its run, of what was worded anew that of the first wording."""
    kind, source_id = row._meta.label_lower, row.pk
    if isinstance(row, CopingStrategy | SelfCareActivity):
        source_id = row.line
    if isinstance(row, ThoughtRecord) and row.source_id is not None:
        kind, source_id = row.source_kind, row.source_id
    found = TimelineEntry.objects.filter(client_id=row.client_id, source_kind=kind, source_id=source_id)
    return found.annotate(settled=Exists(talked_about())).order_by("-occurred_at", "-recorded_at").first()
