"""Loading a clinic from a file (DATA_MODEL.md 7): read and checked first, then written through the services, each row by the person who would write it.

One module for each app. To give your app its part, write a `PART` (scene.Part) in a module here and name it in PARTS; until then its fields stand in LATER.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from access.demo_clinics import erase_clinic, written_when_it_happened
from accounts.models import Clinic, Membership, User
from accounts.services import set_first_passwords
from dashboard.clinic_file import (
    check_ins,
    compassion,
    coping,
    directory,
    exercises,
    good,
    homework,
    life,
    lines,
    people,
    reading,
    reminders,
    safety,
    selfcare,
    story,
    strengths,
    talk,
    therapy,
    thoughts,
)
from dashboard.clinic_file.entry import Entry, FileError
from dashboard.clinic_file.scene import Case, Part, Slot
from dashboard.clinic_file.weeks import Weeks
from homework.services.library import load_library

PARTS: tuple[Part, ...] = (
    story.PART, strengths.PART, check_ins.PART, therapy.PART, coping.PART, selfcare.PART, compassion.PART, safety.PART, homework.PART, thoughts.PART,
    good.PART, reading.PART, reminders.PART, talk.PART, life.PART,
)  # fmt: skip
# Fields of a client that no app reads yet. They stay in the file.
LATER = ("trajectory", "measures", "risk_answers", "caseload")


class ClinicFile:
    """A file whose every value has been looked at. Raises FileError with all that is wrong, a line each."""

    def __init__(self, text: str, name: str) -> None:
        try:
            data = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise FileError(f"{name}: this is no YAML: {error}") from error
        self.top = Entry(data, file=name)
        wrong: list[str] = []
        self._look(wrong, self._read_clinic)
        if not wrong:
            for client in self.clients:
                for check in (self._check_client, *(self._of(part) for part in PARTS), self._check_homework):
                    self._look(wrong, check, client)
            self._look(wrong, self._check_slots)
        if wrong:
            raise FileError("\n".join(wrong))

    def _look(self, wrong: list[str], check: Callable[..., None], *about: Any) -> None:
        try:
            check(*about)
        except FileError as error:
            wrong.append(str(error))

    def _of(self, part: Part) -> Callable[[Entry], None]:
        return lambda client: part.check(client, self.last)

    def _read_clinic(self) -> None:
        clinic, admin = self.top.entry("clinic"), self.top.entry("admin")
        if clinic is None or admin is None:
            raise self.top.error("", "a clinic and an admin are needed")
        self.clinic, self.admin = clinic, admin
        people.check_clinic(clinic)
        self.last = clinic.whole("weeks", 0, 520)
        people.check_member(admin)
        self.therapists = [Entry(each.data, file=each.file, who=f"therapist {each.data.get('key')}") for each in self.top.entries("therapists")]
        for therapist in self.therapists:
            people.check_member(therapist)
        self.directory = self.top.entries("directory")
        for service in self.directory:
            directory.check(service)
        self.exercises = self.top.entries("exercises")
        for exercise in self.exercises:
            exercises.check(exercise)
        self.clients = [
            Entry(each.data, file=each.file, who=f"client {each.data.get('key') or number}") for number, each in enumerate(self.top.entries("clients"))
        ]
        exercises.check_authors(self.exercises, set(self.by_key))
        for name, entries in (("therapists", self.therapists), ("clients", self.clients)):
            keys = [each.text("key") for each in entries]
            twice = next((key for key in keys if keys.count(key) > 1), None)
            if twice is not None:
                raise self.top.error(name, f"“{twice}” stands there twice")

    def _check_client(self, client: Entry) -> None:
        client.only(*people.FIELDS, *LATER, *(field for part in PARTS for field in part.fields))
        people.check_client(client, self.last, set(self.by_key))

    def _check_homework(self, client: Entry) -> None:
        homework.check_exercises(client, exercises.own_keys(self.exercises))

    def _check_slots(self) -> None:
        if all(client.data.get("therapist") in self.by_key for client in self.clients):
            people.slots(self.clients, self.by_key)

    @property
    def by_key(self) -> dict[str, Entry]:
        return {each.text("key"): each for each in self.therapists}


def read_clinic_file(path: Path) -> ClinicFile:
    """Raises FileError."""
    try:
        return ClinicFile(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path}: cannot be read: {error}") from error


def load_clinic(file: ClinicFile, password: str, *, now: datetime | None = None, processes: int = 1) -> None:
    """The clinic of the file, in place of the one that was loaded from it before. Needs the owner's login. Several processes share the clients.

    Clinic and staff in one transaction, then each client in one; the passwords come last, so that a loading that was cut off can be told
    (`half_loaded`). Raises FileError where a clinic of this key is a real one.
    """
    load_library()
    _make_room(file)
    with transaction.atomic():
        young = any((client.number("age", 0, 120, needed=False) or people.ADULT) < people.ADULT for client in file.clients)
        boss, members = people.load_staff(file.clinic, file.admin, file.therapists, works_with_minors=young)
        lines.load_lines(boss)
        directory.load_directory(boss, file.directory)
        exercises.load_exercises(members, file.exercises)
    weeks = Weeks(file.last, now or timezone.now(), boss.clinic.timezone)
    slots, taken = people.slots(file.clients, file.by_key), set[str]()
    todo = []
    for entry in file.clients:
        therapist = members[entry.text("therapist")]
        note_format = file.by_key[entry.text("therapist")].text("note_format", "dap")
        todo.append((entry, therapist, people.sign_in_of(entry, therapist.clinic, taken), slots[entry.text("key")], weeks, note_format))
    _spread(todo, processes)
    written_when_it_happened(boss.clinic.pk)
    set_first_passwords(clinic=boss.clinic, password=password)


def _spread(todo: list[tuple[Any, ...]], processes: int) -> None:
    """Load the clients one after the other, or several at a time where no transaction is open that the others could not see."""
    if processes == 1 or transaction.get_connection().in_atomic_block:
        for about in todo:
            _load_client(*about)
        return
    transaction.get_connection().close()  # each process opens its own
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        for done in [pool.submit(_load_client, *about) for about in todo]:
            done.result()


def half_loaded(file: ClinicFile) -> bool:
    """Whether an earlier loading of this clinic did not come to its end."""
    boss = User.objects.filter(email=file.admin.text("email"), memberships__clinic__key=file.clinic.text("key"), memberships__clinic__is_demo=True).first()
    return boss is not None and not boss.has_usable_password()


def _make_room(file: ClinicFile) -> None:
    """Take away what an earlier loading of this clinic made."""
    key = file.clinic.text("key")
    there = Clinic.objects.filter(key=key).first()
    if there is None:
        return
    if not there.is_demo:
        raise file.clinic.error("key", f"“{key}” is a real clinic; it is not replaced")
    real = Membership.objects.filter(clinic=there).exclude(user__email__endswith="example.org")
    if real.exists():
        raise file.clinic.error("key", f"“{key}” has sign-ins of real people by now; it is not replaced")
    erase_clinic(there.pk)


@transaction.atomic
def _load_client(entry: Entry, therapist: Membership, sign_in: str, slot: Slot, weeks: Weeks, note_format: str) -> None:
    began = entry.whole("started_week", 0, weeks.last, 0)
    day = weeks.at(began, slot.weekday, slot.hour).date()
    client = people.load_client(entry, therapist, day, weeks)
    portal = people.load_portal(client, therapist, sign_in)
    case = Case(entry, client, therapist, portal, slot, weeks, began, note_format)
    for part in PARTS:
        part.load(case)
