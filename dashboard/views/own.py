"""Writing an exercise of the clinic, adapting one of ours, wording it anew, retiring it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from core.errors import Refused, Stale
from dashboard.pages.own import differences, from_now_on, preview_of
from homework.forms.draft import Draft, rearranged
from homework.models import Exercise, ExerciseVersion
from homework.selectors import version_with
from homework.selectors.library import own_exercise, version_named
from homework.services.own import change_exercise, retire_exercise, write_exercise
from homework.views.library import BASES, STAFF

SAVE, PREVIEW = "save", "preview"


@clinic_view(Permission.LIBRARY_WRITE, kinds=STAFF)
def own_write(request: ActorRequest) -> HttpResponse:
    """A new one, from an empty form."""
    if request.method != "POST":
        return _page(request, Draft())
    return _sent(request, lambda draft: _written(request, draft))


@clinic_view(Permission.LIBRARY_WRITE, kinds=STAFF)
def own_adapt(request: ActorRequest, key: str) -> HttpResponse:
    """A new one that begins as a copy of another, which stays as it is."""
    original = version_named(key, request.actor.clinic_id)
    if original is None:
        raise Http404
    source = original.content["evidence"]["technique_source"]
    said = _("Adapted from “%(title)s”. %(source)s") % {"title": original.title, "source": source}
    if request.method != "POST":
        return _page(request, Draft(version=original, evidence="practice", source=said), original=original)
    return _sent(request, lambda draft: _written(request, draft, adapted_from=key), original=original)


@clinic_view(Permission.LIBRARY_WRITE, kinds=STAFF)
def own_edit(request: ActorRequest, key: str) -> HttpResponse:
    exercise = _own(request, key)
    if request.method != "POST":
        return _page(request, Draft(version=exercise.versions.get(current=True)), exercise=exercise)
    return _sent(request, lambda draft: _changed(request, exercise, draft), exercise=exercise)


@clinic_view(Permission.LIBRARY_WRITE, kinds=STAFF)
@require_POST
def own_preview(request: ActorRequest) -> HttpResponse:
    """The same preview by itself, for static/js/own.js."""
    return TemplateResponse(request, "dashboard/own_preview.html", {"preview": preview_of(Draft(request.POST))})


@clinic_view(Permission.LIBRARY_WRITE, kinds=STAFF)
@require_POST
def own_retire(request: ActorRequest, key: str) -> HttpResponse:
    away = request.POST.get("away") == "yes"
    retire_exercise(exercise=_own(request, key), away=away, by=request.actor)
    messages.success(request, _("Retired. What is agreed goes on.") if away else _("Back in the library."))
    return redirect("homework:exercise", key)


def _own(request: ActorRequest, key: str) -> Exercise:
    found = own_exercise(key, request.actor.clinic_id)
    if found is None:
        raise Http404
    return found


def _sent(request: ActorRequest, save: Callable[[Draft], Exercise], **context: Any) -> HttpResponse:
    """A step moved, a preview, or saved: whatever it was, nothing typed is lost."""
    act = request.POST.get("do", SAVE)
    if act not in (SAVE, PREVIEW):
        data = rearranged(request.POST, act)
        added = len(Draft(data).steps) if act == "add" else 0
        return _page(request, Draft(data).without_errors(), added=added, **context)
    draft = Draft(request.POST, base=_base(request))
    if not draft.is_valid() or act == PREVIEW:
        return _page(request, draft, previewed=act == PREVIEW, **context)
    try:
        saved = save(draft)
    except Refused as refused:
        draft.form.refuse(refused)
    except Stale as stale:
        again = Draft(from_now_on(request.POST, stale.current), base=draft.base)
        return _page(request, again, status=409, both=differences(stale.current, draft), **context)
    else:
        messages.success(request, _("Saved."))
        return redirect("homework:exercise", saved.key)
    return _page(request, draft, **context)


def _base(request: ActorRequest) -> ExerciseVersion | None:
    """The version the form was filled from, if it is one that the actor may read."""
    draft = Draft(request.POST)
    draft.form.full_clean()
    pk = draft.form.cleaned_data.get("base")
    found = version_with(pk) if pk is not None else None
    return found if found is not None and found.clinic_id in (None, request.actor.clinic_id) else None


def _written(request: ActorRequest, draft: Draft, adapted_from: str = "") -> Exercise:
    new_id = draft.form.cleaned_data["new_id"]
    return write_exercise(new_id=new_id, content=draft.content, adapted_from=adapted_from, by=request.actor)


def _changed(request: ActorRequest, exercise: Exercise, draft: Draft) -> Exercise:
    number = draft.form.cleaned_data.get("number") or 0
    change_exercise(exercise=exercise, number=number, content=draft.content, by=request.actor)
    return exercise


def _page(request: ActorRequest, draft: Draft, *, status: int = 200, **context: Any) -> HttpResponse:
    context |= {"base": BASES[request.actor.kind], "draft": draft, "form": draft.form, "preview": preview_of(draft)}
    return TemplateResponse(request, "dashboard/own_form.html", context, status=status)
