"""What the therapist answered: put away by one tap, and never lost."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from clients.gates import portal_reading_view
from clients.models import Client
from homework.models import Reply
from homework.services.replies import mark_read
from portal.forms import ReadForm
from portal.pages.replies import all_replies


@portal_reading_view
def replies(request: ActorRequest, client: Client) -> HttpResponse:
    """All of them; the form puts one away and goes back to where it stood."""
    if request.method != "POST":
        return render(request, "portal/replies.html", {"replies": all_replies(client)})
    form = ReadForm(request.POST)
    found = Reply.objects.filter(pk=form.cleaned_data["reply"], client=client).first() if form.is_valid() else None
    if found is None:
        raise Http404
    if found.withdrawn_at is None:
        mark_read(reply=found, by=request.actor)
    if form.cleaned_data["back"] == "list":
        return redirect("portal:replies")
    messages.success(request, _("Put away. You find it under Me."))
    return redirect("portal:today")
