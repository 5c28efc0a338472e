"""Something to read, at the desk: the shelf, one text, on paper, and giving it to a client."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from core.errors import Refused
from homework.forms.reading import GiveForm
from homework.models import ReadingGiven
from homework.pages.reading import shelves
from homework.reading import Text, by_key, by_number
from homework.selectors import reading_of, titles
from homework.services.reading import give_reading, take_back_reading


@clinic_view(Permission.LIBRARY_READ)
def shelf(request: ActorRequest) -> HttpResponse:
    return TemplateResponse(request, "homework/reading_library.html", {"shelves": shelves()})


@clinic_view(Permission.LIBRARY_READ)
def text(request: ActorRequest, text_key: str) -> HttpResponse:
    found, names = text_with(text_key), titles()
    exercises = [(each, names[each]) for each in found.exercises if each in names]
    return TemplateResponse(request, "homework/reading_library_text.html", {"text": found, "exercises": exercises})


@clinic_view(Permission.LIBRARY_READ)
def paper(request: ActorRequest, text_key: str) -> HttpResponse:
    """For a client who reads on paper."""
    return TemplateResponse(request, "homework/reading_paper.html", {"text": text_with(text_key)})


@client_view(Permission.READING_READ)
def choose(request: ActorRequest, client: Client) -> HttpResponse:
    """What was given and what stayed, then all texts, to give one more."""
    found = reading_of(client, staff=True)
    return TemplateResponse(request, "homework/reading_choose.html", {"client": client, "reading": found, "shelves": shelves(found)})


@client_view(Permission.READING_WRITE)
def give(request: ActorRequest, client: Client, number: int) -> HttpResponse:
    """Its number stands in the address: what a client is given to read belongs in no list of addresses."""
    found = by_number(number)
    if found is None:
        raise Http404
    form = GiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_reading(client=client, text=found, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Given."))
            return redirect("reading:choose", client_id=client.pk)
    return TemplateResponse(request, "homework/reading_give.html", {"client": client, "text": found, "form": form})


@client_view(Permission.READING_WRITE)
@require_POST
def back(request: ActorRequest, client: Client, given_id: UUID) -> HttpResponse:
    given = get_object_or_404(ReadingGiven, pk=given_id, client=client)
    try:
        take_back_reading(given=given, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Taken back."))
    return redirect("reading:choose", client_id=client.pk)


def text_with(key: str) -> Text:
    found = by_key(key)
    if found is None:
        raise Http404
    return found
