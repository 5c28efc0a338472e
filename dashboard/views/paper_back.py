"""A filled page of paper, typed back: first its code, then its steps on one page, in the order of the paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from clients.gates import client_view
from clients.models import Client
from core.errors import Refused
from core.zones import today_in
from dashboard.lists import typing_lists
from dashboard.pages.paper_back import clients_to_write_for, sheet_fields
from homework.forms.paper import CodeForm, SheetForm
from homework.selectors import exercise_of
from homework.selectors.paper import Found, page_with
from homework.services.paper import SheetError, enter_paper


@clinic_view(Permission.HOMEWORK_WRITE)
def paper_back(request: ActorRequest) -> HttpResponse:
    """The code of a page. A blank one asks whose it is; one of somebody else's client is unknown like any other."""
    clients = clients_to_write_for(request.actor)
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")}, clients=clients)
    if request.method == "POST" and form.is_valid():
        found = page_with(form.cleaned_data["code"], clinic_id=request.actor.clinic_id, writes=[pk for pk, _called in clients])
        client_id = (found.client_id or form.cleaned_data["client"]) if found is not None else None
        if found is not None and client_id is not None:
            return redirect("dashboard:paper_sheet", client_id, found.code)
        form.say(found is not None)
    return TemplateResponse(request, "dashboard/paper_back.html", {"form": form})


@client_view(Permission.HOMEWORK_WRITE)
def paper_sheet(request: ActorRequest, client: Client, code: str) -> HttpResponse:
    found = page_with(code, clinic_id=request.actor.clinic_id, writes=[client.pk])
    if found is None:
        raise Http404
    form = SheetForm(request.POST or None, initial={"done_on": today_in(client.timezone)})
    lists = typing_lists(client)
    fields = sheet_fields(exercise_of(found.version), lists, request.POST if request.method == "POST" else None)
    wrong: dict[str, str] = {}
    if request.method == "POST" and "look" not in request.POST and form.is_valid():
        try:
            _enter(request, client, found, form, fields.raws, lists)
        except SheetError as error:
            wrong = error.messages
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Entered. It stands with what came back."))
            return redirect("dashboard:paper_back") if "next" in request.POST else redirect("dashboard:homework", client.pk)
    context = {"client": client, "found": found, "form": form, "fields": fields.with_errors(wrong), "wrong": wrong}
    return TemplateResponse(request, "dashboard/paper_sheet.html", context)


def _enter(request: ActorRequest, client: Client, found: Found, form: SheetForm, raws: dict[str, dict[str, Any]], lists: Any) -> UUID:
    given = form.cleaned_data
    run = enter_paper(
        client=client,
        new_id=given["new_id"],
        code=found.code,
        exercise_version=found.version,
        assignment=found.assignment,
        raws=raws,
        lists=lists,
        done_on=given["done_on"],
        again=given["again"],
        helped=given["helped"],
        by=request.actor,
    )
    return run.pk
