"""Who reads what of a run. The client decides at its end and may change it at any time; the copies follow in the same transaction."""

from django.db import transaction
from django.utils import timezone

from audit.services import record_event
from clients.models import Practice, TimelineEntry, Visibility
from clients.services.entries import CARE_NOTE
from core.actor import Actor
from homework.models import ExerciseAnswer, ExerciseRun
from homework.models.run import RunState
from homework.player.sharing import Sharing
from homework.selectors.library import exercise_of
from homework.services.answers import set_care_visibility, shared_now
from homework.services.runs import lock_run, save_run, write_copies


@transaction.atomic
def share(*, run: ExerciseRun, ratings: bool, words: bool, by: Actor, seen: bool = True, for_session: bool | None = None) -> ExerciseRun:
    """Let the therapist read the ratings and taps, the words, both or neither; `for_session` is the wish to talk about it (None leaves it).

    `seen=False` hides a run of her own altogether; that an agreed one was done stays visible. Doing it twice changes nothing.
    """
    run = lock_run(run)
    before = (run.visibility, run.ratings_shared, run.words_shared, run.for_session)
    if run.assignment_id is None:
        run.visibility = Visibility.MY_THERAPIST if seen else Visibility.ONLY_ME
    visible = run.visibility == Visibility.MY_THERAPIST
    run.ratings_shared, run.words_shared = ratings and visible, words and visible
    if for_session is not None:
        run.for_session = for_session
    save_run(run, "visibility", "ratings_shared", "words_shared", "for_session")
    _share_answers(run)
    _share_copies(run)
    if before != (run.visibility, run.ratings_shared, run.words_shared, run.for_session):
        detail = {"ratings": run.ratings_shared, "words": run.words_shared, "seen": visible, "for_session": run.for_session}
        record_event(verb="sharing_changed", by=by, row=run, client_id=run.client_id, detail=detail)
    if run.state == RunState.FINISHED:
        write_copies(run, by, opened=Sharing(run.ratings_shared and not before[1], run.words_shared and not before[2]))
    return run


def _share_answers(run: ExerciseRun) -> None:
    shared = shared_now(run, exercise_of(run.exercise_version))
    now = timezone.now()
    mine = ExerciseAnswer.objects.filter(run=run)
    mine.filter(step__in=shared, visibility=Visibility.ONLY_ME).update(visibility=Visibility.MY_THERAPIST, updated_at=now)
    mine.exclude(step__in=shared).filter(visibility=Visibility.MY_THERAPIST).update(visibility=Visibility.ONLY_ME, updated_at=now)


def _share_copies(run: ExerciseRun) -> None:
    """The axis follows the run, practice its ratings, a note about a heavy answer likewise."""
    now = timezone.now()
    copies = {"source_kind": run._meta.label_lower, "source_id": run.pk}
    TimelineEntry.objects.filter(**copies).exclude(kind=CARE_NOTE).update(visibility=run.visibility, for_session=run.for_session, updated_at=now)
    set_care_visibility(run)
    ratings = Visibility.MY_THERAPIST if run.ratings_shared else Visibility.ONLY_ME
    Practice.objects.filter(**copies).update(visibility=ratings, updated_at=now)
