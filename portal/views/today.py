"""Today, and the two taps of the check-in."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.requests import ActorRequest
from clients.content import checkin
from clients.forms.readers import readers_chosen
from clients.gates import portal_view
from clients.models import CheckIn, Client
from clients.names import called, therapist_name
from clients.selectors import check_in_of_today
from clients.services import check_in_today, say_more
from core.errors import Refused
from core.ids import uuid7
from homework.feelings import Picker, offer_help, picker, read_feelings
from homework.player.cleaning import AnswerError
from mindset.selectors.good import has_jar
from portal.forms import MoodForm, NeedForm, WordsForm
from portal.pages.letter import letter_of
from portal.pages.pinned import kept_for_today
from portal.pages.replies import on_today
from portal.pages.step import NUMBERS
from portal.pages.therapist import therapist_now
from portal.pages.today import card_of_today, lately
from reminders.selectors import gone_silent
from selfcare.services import put_letter_away

HARD = 2  # "Hard" and "Very hard": then the jar is offered


@portal_view
def today(request: ActorRequest, client: Client) -> HttpResponse:
    """One question, one card."""
    who = therapist_now(client)
    pinned, letter = kept_for_today(client)
    context = {
        "lately": lately(client),
        "card": card_of_today(client),
        "pinned": pinned,
        "replies": on_today(client),
        "letter": letter,
        "quiet": gone_silent(client),
        "therapist": who.called,
        "therapist_now": who,
        "first_name": called(client.called),
        "new_id": uuid7(),
    }
    return render(request, "portal/today.html", context)


@portal_view
@require_POST
def letter_away(request: ActorRequest, client: Client, note_id: UUID) -> HttpResponse:
    """A letter that came back is put away. Sent twice it is put away once."""
    note = letter_of(client, note_id)
    if note is None:
        raise Http404
    put_letter_away(note=note, by=request.actor)
    messages.success(request, _("Put away. You find it in “A kinder voice”, under Me."))
    return redirect("portal:today")


@portal_view
def check_in(request: ActorRequest, client: Client) -> HttpResponse:
    """The first tap makes the check-in; what would help, and a few words, are added to it."""
    there = check_in_of_today(client)
    if request.method == "POST" and "mood" in request.POST:
        return tap(request, client, there)
    if there is None:
        return faces(request, client, MoodForm(), None)
    if request.method == "POST":
        return words(request, client, there) if "note" in request.POST else need(request, client, there)
    if "change" in request.GET:
        return faces(request, client, MoodForm(), there)
    if "words" in request.GET:
        return words_page(request, client, there, WordsForm(initial={"note": there.note, "visibility": there.visibility}), picker(there.feelings))
    return what_helps(request, client, there, NeedForm())


def tap(request: ActorRequest, client: Client, there: CheckIn | None) -> HttpResponse:
    """How she is. Tapped again on the same day, on any device, it changes the tap."""
    form = MoodForm(request.POST)
    if not form.is_valid():
        return faces(request, client, form, there)
    try:
        check_in_today(client=client, new_id=form.cleaned_data["new_id"], mood=form.cleaned_data["mood"], by=request.actor)
    except Refused as refused:
        form.refuse(refused)
        return faces(request, client, form, there)
    return redirect("portal:check_in")


def need(request: ActorRequest, client: Client, there: CheckIn) -> HttpResponse:
    form = NeedForm(request.POST)
    if not form.is_valid():
        return what_helps(request, client, there, form)
    chosen = form.cleaned_data["need"]
    if chosen == "help":
        return redirect("safety:help_now")  # opening that page is kept nowhere
    say_more(check_in=there, need=chosen, by=request.actor)
    if chosen == "note":
        return redirect(f"{reverse('portal:check_in')}?words=1")
    if chosen == "skill":
        return redirect(f"{reverse('portal:practise')}?fit=low&pillar=coping")
    if chosen == "small_step":
        card = card_of_today(client)
        return redirect("portal:homework", card.assignment.pk) if card and card.assignment else redirect(f"{reverse('portal:practise')}?fit=low")
    messages.success(request, _("Saved. That is all for today, if you like."))
    return redirect("portal:today")


def words(request: ActorRequest, client: Client, there: CheckIn) -> HttpResponse:
    form = WordsForm(request.POST)
    raw = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    error, feelings = "", []
    try:
        feelings = read_feelings(raw)
    except AnswerError as wrong:
        error = wrong.message
    if error or not form.is_valid():
        return words_page(request, client, there, form, picker([], raw, error))
    given = form.cleaned_data
    say_more(check_in=there, note=given["note"], feelings=feelings, visibility=readers_chosen(form, there), by=request.actor)
    messages.success(request, _("Saved. That is all for today, if you like."))
    offer_help(request, feelings)
    return redirect("portal:today")


def faces(request: ActorRequest, client: Client, form: MoodForm, there: CheckIn | None) -> HttpResponse:
    context = {"form": form, "check_in": there, "therapist": therapist_name(client), "new_id": there.pk if there else uuid7()}
    return render(request, "portal/check_in.html", context)


def what_helps(request: ActorRequest, client: Client, there: CheckIn, form: NeedForm) -> HttpResponse:
    """After a very hard day the two gentle ways stand first. No quiz."""
    low = there.mood == 1
    options = sorted(checkin().need.options, key=lambda option: option.value not in ("skill", "help")) if low else checkin().need.options
    context = {
        "form": form,
        "options": options,
        "label": checkin().need.label,
        "low": checkin().after_low if low else "",
        "first_name": called(client.called),
        "jar": there.mood <= HARD and has_jar(client),
    }
    return render(request, "portal/what_helps.html", context)


def words_page(request: ActorRequest, client: Client, there: CheckIn, form: WordsForm, page: Picker) -> HttpResponse:
    context = {"form": form, "check_in": there, "page": page, "numbers": NUMBERS, "therapist": therapist_name(client)}
    return render(request, "portal/words.html", context)
