"""A letter to oneself that was to come back after two weeks: it stands on Today until it is put away. Nothing is sent."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from clients.models import Client
from homework.models import ExerciseAnswer, ExerciseRun
from selfcare.models import CompassionNote, NoteKind

EXERCISE, STEP, BACK = "best_friend_letter", "keep", "Send it back to me in two weeks"
AFTER = timedelta(days=14)
RUN = ExerciseRun._meta.label_lower


@dataclass(frozen=True)
class Letter:
    """The day it was written, in words; the letter itself is not on Today."""

    note: CompassionNote

    @property
    def day(self) -> str:
        return date_format(timezone.localtime(self.note.occurred_at), "j F")

    @property
    def url(self) -> str:
        """With what it answers, on the page of that; else where it is written."""
        return reverse("kind:line", args=[self.note.line]) if self.note.self_talk else reverse("kind:note", args=[self.note.pk])


def waiting(client: Client) -> QuerySet[CompassionNote]:
    """Not put away yet, the oldest first."""
    return asked_back(client).filter(put_away_at=None).order_by("occurred_at", "pk")


def letter_back(client: Client, pk: UUID | None) -> Letter | None:
    """The one that `lately` found. No statement where there is none."""
    found = letter_of(client, pk) if pk is not None else None
    return Letter(found) if found is not None else None


def letter_of(client: Client, pk: UUID) -> CompassionNote | None:
    """One that she asked to have back, put away or not."""
    return asked_back(client).filter(pk=pk).first()


def asked_back(client: Client) -> QuerySet[CompassionNote]:
    """By the tap at the end of the exercise, two weeks ago or longer; what was taken back stays away."""
    ticked = ExerciseAnswer.objects.filter(client=client, run__item_key=EXERCISE, step=STEP, value=BACK, run__finished_at__lte=timezone.now() - AFTER)
    mine = CompassionNote.objects.filter(client=client, created_by_id=client.portal_user_id, kind=NoteKind.LETTER, withdrawn_at=None).exclude(kinder_answer="")
    return mine.filter(source_kind=RUN, source_id__in=ticked.values("run_id"))
