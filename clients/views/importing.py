"""/clinic/people/import/: clients from another system. The file is looked at first; nothing is written until the office says so.

Between the two the file's text stands in the page itself and is read again when it comes back: nothing of it is stored in between.
"""

import csv
import io
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import ngettext

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from clients.csv_file import table_of, text_of
from clients.forms.importing import NEEDED, FileForm, LineForm, headings, ids_within
from clients.selectors.importing import People
from clients.selectors.people import therapists_by_address
from clients.services import import_clients
from clients.services.importing import NewClient
from core.errors import Refused


@dataclass
class Preview:
    """What the import would do. `new`, `same` and `wrong`: (line, what she is called, words about it)."""

    people: list[NewClient] = field(default_factory=list)
    new: list[tuple[int, str, str]] = field(default_factory=list)
    same: list[tuple[int, str, str]] = field(default_factory=list)
    wrong: list[tuple[int, str, list[str]]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    supposed: bool = False


@clinic_view(Permission.CONTACT_WRITE, kinds=("admin",))
def import_page(request: ActorRequest) -> HttpResponse:
    """A file, then what it would do, then "add them"."""
    form = FileForm(request.POST or None, request.FILES or None)
    preview = None
    if request.method == "POST" and form.is_valid():
        try:
            text, supposed = text_of(form.cleaned_data["file"].read()) if form.cleaned_data.get("file") else (form.cleaned_data["text"], False)
            preview = look_at(request, text, form.cleaned_data)
            preview.supposed = supposed
            if "add" in request.POST and preview.people:
                return added(request, preview.people)
        except Refused as refused:
            form.refuse(refused)
        else:
            form = FileForm(initial={**form.cleaned_data, "text": text})
    return TemplateResponse(request, "clients/import.html", {"form": form, "preview": preview, "columns": list(LineForm.base_fields)})


def look_at(request: ActorRequest, text: str, given: dict[str, Any]) -> Preview:
    """Raises Refused for a file that cannot be imported at all."""
    clinic = request.membership.clinic
    table = table_of(text, headings(), NEEDED)
    known, therapists = People(clinic.pk), therapists_by_address(clinic.pk)
    preview = Preview(unknown=table.unknown)
    for line, new_id in zip(table.lines, ids_within(given["new_id"], table.lines), strict=True):
        called = line.cells.get("called", "")
        form = LineForm(line, order=given["days"], zone_name=clinic.timezone, therapists={address: pk for address, (pk, _name) in therapists.items()})
        problems = form.problems()
        if problems:
            preview.wrong.append((line.number, called, problems))
            continue
        person = form.client(new_id)
        preview.people.append(person)  # the service leaves out who is there by then
        same = known.add(person.contact)
        if same is None:
            preview.new.append((line.number, called, therapist_words(person.therapist_id, therapists)))
        else:
            preview.same.append((line.number, called, same))
    return preview


def therapist_words(therapist_id: UUID | None, therapists: dict[str, tuple[UUID, str]]) -> str:
    return next((name for pk, name in therapists.values() if pk == therapist_id), "")


def added(request: ActorRequest, people: list[NewClient]) -> HttpResponse:
    count = import_clients(people=people, by=request.actor)
    messages.success(request, ngettext("%(count)d client is here now.", "%(count)d clients are here now.", count) % {"count": count})
    return redirect("clients:care")


@clinic_view(Permission.CONTACT_WRITE, kinds=("admin",))
def import_template(request: ActorRequest) -> HttpResponse:
    """The headings alone, with the mark by which spreadsheet programs know UTF-8."""
    lines = io.StringIO()
    csv.writer(lines).writerow(LineForm.base_fields)
    answer = HttpResponse("\ufeff" + lines.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="clients.csv"'
    return answer
