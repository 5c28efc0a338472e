"""/clients/<uuid>/story/: the few lines about a client, to change for those who may write, else to read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from access.permissions import Permission
from access.requests import ActorRequest
from clients.forms.story import StoryForm
from clients.gates import client_view
from clients.models import Client, ClientSummary
from clients.services import write_summary
from core.errors import Stale


@client_view(Permission.SUMMARY_READ)
def story(request: ActorRequest, client: Client) -> HttpResponse:
    row = ClientSummary.objects.filter(client=client).first()
    initial = {"version": row.version, "summary": row.summary, "story": row.story} if row is not None else {"version": 0}
    form = StoryForm(request.POST or None, initial=initial)
    newer: ClientSummary | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            write_summary(client=client, version=given["version"], summary=given["summary"], story=given["story"], by=request.actor)
        except Stale as stale:
            newer = stale.current
            form.data = {**request.POST.dict(), "version": stale.current.version}
        else:
            messages.success(request, _("Saved."))
            return redirect("dashboard:record", client_id=client.pk)
    context = {"client": client, "form": form, "row": row, "newer": newer}
    return TemplateResponse(request, "clients/story.html", context, status=409 if newer else 200)
