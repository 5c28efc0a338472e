"""What a supervisor sees of the therapists she supervises: their clients, to read. A constant number of statements."""

from collections import defaultdict
from uuid import UUID

from clients.models import Client
from clients.selectors import supervised_care, supervisions
from core.actor import Actor
from dashboard.pages.caseload import Row, Section, rows_of


def supervision(actor: Actor) -> list[Section]:
    """One section a supervisee, by name, those without a client too; a client of two of them stands with both."""
    links = supervisions(actor).select_related("supervisee").only("supervisee__name").order_by("supervisee__name", "pk")
    names = {link.supervisee_id: link.supervisee.name for link in links}
    care = supervised_care(actor).values_list("therapist_id", "client_id")
    clients = Client.objects.filter(pk__in={client_id for _therapist, client_id in care}).order_by("called")
    rows = {row.client.pk: row for row in rows_of(list(clients))}
    theirs: dict[UUID, dict[UUID, Row]] = defaultdict(dict)
    for therapist_id, client_id in care:
        theirs[therapist_id][client_id] = rows[client_id]
    return [Section(f"of-{pk}", name, "", tuple(sorted(theirs[pk].values(), key=place))) for pk, name in names.items()]


def place(row: Row) -> tuple[bool, str]:
    """Those in care first, each group by name."""
    return (not row.in_care, row.client.called)
