"""What the database grants each kind of actor of homework: the office sees structure, never a word."""

import pytest
from django.db import DatabaseError, transaction

from access.acting import acting_as
from core.ids import uuid7
from homework.models import Assignment, ExerciseAnswer, ExerciseRun, NotToday
from homework.services.not_today import not_today
from tests.homework.agreed import agree, answer, run_of

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def done(tara, ben, ben_portal):
    task = agree(tara, ben, reason="To sleep.")
    answer(ben_portal, run_of(ben_portal, ben, task), "set", "slow", shared=True)
    with acting_as(ben_portal.actor):
        not_today(
            client=ben, assignment=Assignment.objects.get(pk=task.pk), new_id=uuid7(), choice="skip", barrier="forgot", note="Oh well", by=ben_portal.actor
        )
    return task


def test_the_office_counts_tasks_runs_and_reasons(ada, done):
    with acting_as(ada.actor):
        assert list(Assignment.objects.values_list("item_key", "state", "per_week")) == [("slow_breathing", "active", 3)]
        assert list(ExerciseRun.objects.values_list("item_key", "state")) == [("slow_breathing", "finished")]
        assert list(NotToday.objects.values_list("barrier", "choice")) == [("forgot", "skip")]


@pytest.mark.parametrize(
    ("model", "column"),
    [(Assignment, "reason"), (Assignment, "if_then"), (Assignment, "stop_why"), (NotToday, "note"), (ExerciseAnswer, "value"), (ExerciseAnswer, "step")],
)
def test_the_office_is_refused_every_word(ada, done, model, column):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), acting_as(ada.actor):
        list(model.objects.values_list(column))


@pytest.mark.parametrize("outsider", ["sam", "fay", "olu"])
def test_who_is_not_on_the_case_sees_no_row(done, outsider, request):
    with acting_as(request.getfixturevalue(outsider).actor):
        assert not Assignment.objects.exists() and not ExerciseRun.objects.exists()
        assert not ExerciseAnswer.objects.exists() and not NotToday.objects.exists()


def test_a_task_made_in_a_colleagues_name_is_refused(tara, sam, ben):
    with pytest.raises(DatabaseError), transaction.atomic():
        task = agree(tara, ben)
        with acting_as(tara.actor):
            Assignment(
                client=ben,
                clinic_id=ben.clinic_id,
                exercise_version=task.exercise_version,
                item_key="other",
                starts_on=task.starts_on,
                created_by_id=sam.user.pk,
            ).save(force_insert=True)
