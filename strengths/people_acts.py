"""What both sides' views do alike with a form about the map: save, or say beside the field what to change."""

from django.contrib import messages
from django.utils.translation import gettext as _

from access.requests import ActorRequest
from clients.models import Client, Visibility
from core.errors import Refused, Stale
from strengths.forms.people import AddSupporterForm, ChangeSupporterForm, MoveForm
from strengths.models import Supporter
from strengths.pages.people import row_of
from strengths.services import add_supporter, change_supporter, move_supporter, put_back, take_off_map

Both = dict[str, str]


def save_new(request: ActorRequest, client: Client, form: AddSupporterForm) -> Supporter | None:
    """Who is on the map now, or None when something is to change. A name that was there already is the same one."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    who = given["visibility"] if request.actor.kind == "portal" and given["visibility"] else Visibility.MY_THERAPIST
    try:
        row = add_supporter(client=client, new_id=given["new_id"], visibility=who, by=request.actor, **form.said())
    except Refused as refused:
        form.refuse(refused)
        return None
    if row.pk == given["new_id"]:
        messages.success(request, _("On the map."))
    else:
        messages.info(request, _("This name is on the map already. Here is how it stands."))
    return row


def save_change(request: ActorRequest, row: Supporter, form: ChangeSupporterForm) -> tuple[Supporter | None, ChangeSupporterForm, Both]:
    """The row as it is now, or None with the form to show, and both texts when somebody was faster."""
    if not form.is_valid():
        return None, form, {}
    try:
        return change_supporter(supporter=row, version=form.cleaned_data["version"], by=request.actor, **form.said()), form, {}
    except Refused as refused:
        form.refuse(refused)
        return None, form, {}
    except Stale as stale:
        data = request.POST.copy()
        data["version"] = str(stale.current.version)
        mine = Supporter(**{**form.said(), "ring": form.said().get("ring", stale.current.ring)}, client_id=row.client_id)
        both = {"theirs": row_words(stale.current, row.client), "mine": row_words(mine, row.client)}
        return None, ChangeSupporterForm.of(stale.current, data), both


def row_words(row: Supporter, client: Client) -> str:
    """Everything that is said of somebody as one text, for showing two beside each other."""
    said = row_of(row, 0, client)
    lines = (row.name, said.said, said.place_name, said.good_for, said.ease, _("Better not to contact") if row.do_not_contact else "")
    return "\n".join(line for line in lines if line)


def move(request: ActorRequest, row: Supporter) -> None:
    form = MoveForm(request.POST)
    if not form.is_valid():
        return
    try:
        move_supporter(supporter=row, ring=form.ring(), version=form.cleaned_data["version"], by=request.actor)
    except Stale:
        _late(request)
    else:
        messages.success(request, _("Moved."))


def change_state(request: ActorRequest, row: Supporter) -> None:
    """Off the map, or back on it, as the button says."""
    try:
        if request.POST.get("state") == "off":
            take_off_map(supporter=row, by=request.actor)
        elif request.POST.get("state") == "on":
            put_back(supporter=row, by=request.actor)
    except Stale:
        _late(request)
    else:
        messages.success(request, _("Saved."))


def _late(request: ActorRequest) -> None:
    messages.warning(request, _("This was changed somewhere else meanwhile. Here is how it stands."))
