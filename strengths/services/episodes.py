"""The moments that show a strength: written, put right, shown or kept, taken back."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, EntryModel, TimelineEntry, Visibility
from clients.services import change_visibility, withdraw_copies
from core.actor import Actor
from core.errors import Refused, Stale
from core.ids import uuid7
from core.once import create_once
from core.versions import save_version
from core.zones import today_in, zone
from strengths.models import SaidBy, SpottedBy, Strength, StrengthEpisode
from strengths.services.common import save_new
from strengths.services.strengths import add_strength

KIND = "strength_moment"
SOON = timedelta(hours=24)  # within it a moment is taken back; afterwards it is withdrawn
OLDEST = date(1900, 1, 1)
SPOTTED = {SaidBy.CLIENT: SpottedBy.CLIENT, SaidBy.THERAPIST: SpottedBy.THERAPIST, SaidBy.BORROWED: SpottedBy.BORROWED}
KEPT = ("strength_id", "client_id", "clinic_id", "happened", "said_by", "eyes", "occurred_at", "recorded_at", "visibility", "for_session")


@transaction.atomic
def add_moment(
    *,
    strength: Strength,
    new_id: UUID,
    happened: str,
    by: Actor,
    day: date | None = None,
    said_by: str = SaidBy.CLIENT,
    eyes: str = "",
    visibility: str = Visibility.MY_THERAPIST,
    occurred_at: datetime | None = None,
    source: EntryModel | None = None,
) -> StrengthEpisode:
    """One moment, today or on `day` of the client's own calendar. It stands on the author's own noting of the strength, which is made when there is none.

    A moment of a private strength is private. Sent twice, it is one. Raises Refused.
    """
    happened, eyes = _checked(happened, said_by, eyes, by)
    client = strength.client
    when = occurred_at or at_noon(day, client)

    def make() -> StrengthEpisode:
        mine = _own_row(strength, said_by, visibility, by)
        row = StrengthEpisode(id=new_id, strength=mine, client_id=client.pk, clinic_id=client.clinic_id, happened=happened, said_by=said_by, eyes=eyes)
        row.visibility = Visibility.ONLY_ME if mine.visibility == Visibility.ONLY_ME else visibility
        return save_new(row, KIND, source, when, by)

    return create_once(StrengthEpisode, new_id, make, by=by, client_id=client.pk)[0]


@transaction.atomic
def spot_strength(*, client: Client, new_id: UUID, by: Actor, key: str = "", own_words: str = "", happened: str = "", **said: Any) -> Strength:
    """A strength with the first moment that shows it, whose id is `new_id`; without words the strength alone. Sent twice, it is one of each."""
    spotted_by = SPOTTED[SaidBy(said["said_by"])]
    strength = add_strength(client=client, new_id=uuid7(), key=key, own_words=own_words, spotted_by=spotted_by, by=by)
    if happened.strip():
        add_moment(strength=strength, new_id=new_id, happened=happened, by=by, **said)
    return strength


@transaction.atomic
def change_moment(
    *, moment: StrengthEpisode, version: int, happened: str, day: date, by: Actor, said_by: str, eyes: str = "", visibility: str = ""
) -> StrengthEpisode:
    """Put right what was written; the older words are kept beside it, for those who could read them.

    The same words change nothing. Raises Stale with the newer row, and Refused: for another author, for one taken back, for a day to come.
    """
    _of(moment, by)
    happened, eyes = _checked(happened, said_by, eyes, by)
    same_day = _local_day(moment) == day
    words: dict[str, Any] = {"happened": happened, "said_by": said_by, "eyes": eyes}
    words["occurred_at"] = moment.occurred_at if same_day else at_noon(day, moment.strength.client)
    changed = moment
    if any(getattr(moment, name) != value for name, value in words.items()):
        if moment.version != version:
            raise Stale(moment)
        earlier = StrengthEpisode(created_by_id=by.user_id, earlier_of=moment, **{name: getattr(moment, name) for name in KEPT})
        changed = save_version(moment, version=version, changes=words)
        earlier.save(force_insert=True)
        changed.strength = moment.strength
        TimelineEntry.objects.filter(**_axis(changed)).update(occurred_at=changed.occurred_at, updated_at=timezone.now())
        record_event(verb="strength_moment_changed", by=by, row=changed, client_id=changed.client_id)
    if visibility and visibility != changed.visibility:
        show_moment(moment=changed, visibility=visibility, by=by)
    return changed


@transaction.atomic
def show_moment(*, moment: StrengthEpisode, visibility: str, by: Actor) -> None:
    """Who reads it from now on. Hidden, its older words are hidden too; shown, they stay as they were. Raises Refused while its strength is private."""
    if visibility != Visibility.ONLY_ME and moment.strength.visibility == Visibility.ONLY_ME:
        raise Refused(_("This strength is only yours. Share the strength first, then its moments one by one."), "visibility")
    if moment.visibility != visibility:
        change_visibility(source=moment, visibility=visibility, by=by)
    if visibility == Visibility.ONLY_ME:
        moment.earlier.exclude(visibility=visibility).update(visibility=visibility, updated_at=timezone.now())


@transaction.atomic
def take_back_moment(*, moment: StrengthEpisode, by: Actor) -> None:
    """It is not there any more: on no page, in no count. Its author does that, and done twice it changes nothing. Raises Refused."""
    _of(moment, by, gone=True)
    now = timezone.now()
    if StrengthEpisode.objects.filter(pk=moment.pk, withdrawn_at=None).update(withdrawn_at=now, updated_at=now):
        moment.earlier.update(withdrawn_at=now, updated_at=now)
        withdraw_copies(source=moment)
        verb = "strength_moment_taken_back" if within_a_day(moment) else "strength_moment_withdrawn"
        record_event(verb=verb, by=by, row=moment, client_id=moment.client_id)


@transaction.atomic
def record_moment(*, strength: Strength | None, source: EntryModel, visibility: str, show: bool, by: Actor, **words: Any) -> None:
    """What an exercise leaves behind: once for a run, however often it is called; later calls change only who reads it.

    Without `show` they hide alone: what she hid by itself stays hidden. Without a `strength`, or where nothing was told, nothing new is written.
    """
    there = StrengthEpisode.objects.select_related("strength").filter(source_kind=source._meta.label_lower, source_id=source.pk).first()
    if there is None:
        if strength is not None and words.get("happened"):
            add_moment(strength=strength, new_id=uuid7(), source=source, visibility=visibility, by=by, **words)
    elif there.withdrawn_at is None and (show or visibility == Visibility.ONLY_ME):
        show_moment(moment=there, visibility=Visibility.ONLY_ME if there.strength.visibility == Visibility.ONLY_ME else visibility, by=by)


def within_a_day(moment: StrengthEpisode) -> bool:
    return timezone.now() - moment.recorded_at < SOON


def at_noon(day: date | None, client: Client) -> datetime:
    """By the client's own clock: now for today, noon for an earlier day, which no change of the clocks leaves out. Raises Refused."""
    today = today_in(client.timezone)
    if day is None or day == today:
        return timezone.now()
    if day > today:
        raise Refused(_("That day has not come yet."), "day")
    if day < OLDEST:
        raise Refused(_("Please check the year."), "day")
    return datetime.combine(day, time(12), zone(client.timezone))


def _checked(happened: str, said_by: str, eyes: str, by: Actor) -> tuple[str, str]:
    happened, eyes = happened.strip(), eyes.strip()
    if not happened:
        raise Refused(_("What happened? A few words are enough."), "happened")
    if said_by not in SaidBy.values or (by.kind == "portal" and said_by == SaidBy.THERAPIST):
        raise Refused(_("Please choose one of these."), "said_by")
    return happened, eyes if said_by == SaidBy.BORROWED else ""


def _own_row(strength: Strength, said_by: str, visibility: str, by: Actor) -> Strength:
    """The author's own noting of this strength: so that what one of the two takes off or hides never takes the other's words along."""
    if strength.created_by_id == by.user_id and strength.withdrawn_at is None:
        return strength
    spotted_by = SPOTTED[SaidBy(said_by)]
    return add_strength(
        client=strength.client, new_id=uuid7(), key=strength.key, own_words=strength.own_words, spotted_by=spotted_by, visibility=visibility, by=by
    )


def _of(moment: StrengthEpisode, by: Actor, *, gone: bool = False) -> None:
    if moment.created_by_id != by.user_id:
        raise Refused(_("Only who wrote it can change it."))
    if moment.withdrawn_at is not None and not gone:
        raise Refused(_("This was taken back."))


def _local_day(moment: StrengthEpisode) -> date:
    return moment.occurred_at.astimezone(zone(moment.strength.client.timezone)).date()


def _axis(moment: StrengthEpisode) -> dict[str, Any]:
    return {"source_kind": moment._meta.label_lower, "source_id": moment.pk}
