"""Answering one entry that the client shared."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from core.errors import Refused
from dashboard.forms.reply import ReplyForm
from dashboard.pages.record import timeline_rows, told_on
from homework.models import Reply
from homework.selectors import entry_to_answer, said_to
from homework.services.replies import take_back_reply, write_reply


@client_view(Permission.REPLIES_WRITE)
def reply(request: ActorRequest, client: Client, source_id: UUID) -> HttpResponse:
    """What was shared, what was said about it so far, and a few words more."""
    entry = entry_to_answer(client, source_id)
    if entry is None:
        raise Http404
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            write_reply(client=client, source_id=source_id, new_id=form.cleaned_data["new_id"], text=form.cleaned_data["text"], by=request.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Sent. It stands on the first page of the portal until it is read."))
            return redirect("dashboard:reply", client_id=client.pk, source_id=source_id)
    rows = timeline_rows([entry], told_on([entry]))
    context = {"client": client, "form": form, "row": rows[0], "source_id": source_id, "replies": said_to(client, source_id, request.actor.user_id)}
    return TemplateResponse(request, "dashboard/reply.html", context)


@client_view(Permission.REPLIES_WRITE)
@require_POST
def reply_back(request: ActorRequest, client: Client, source_id: UUID, reply_id: UUID) -> HttpResponse:
    """One's own words are taken back."""
    found = get_object_or_404(Reply, pk=reply_id, client=client, source_id=source_id, created_by_id=request.actor.user_id)
    take_back_reply(reply=found, by=request.actor)
    messages.success(request, _("Taken back."))
    if entry_to_answer(client, source_id) is None:  # the client hid it meanwhile, so its page is gone
        return redirect("dashboard:record", client_id=client.pk)
    return redirect("dashboard:reply", client_id=client.pk, source_id=source_id)
