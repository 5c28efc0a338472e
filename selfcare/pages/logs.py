"""The logs of one activity in words."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Client, Visibility
from selfcare.models import SelfCareActivity, SelfCareEntry, Size
from selfcare.selectors import logs_of

LISTED = 40


@dataclass(frozen=True)
class Row:
    """One log. `words` is the size in her own words at that time."""

    entry: SelfCareEntry
    when: str
    said: str
    words: str
    private: bool


def log_rows(client: Client, activity: SelfCareActivity) -> list[Row]:
    """The latest, newest first. One statement."""
    return [row_of(entry) for entry in logs_of(client, activity.line, LISTED)]


def row_of(entry: SelfCareEntry) -> Row:
    words = entry.activity.words_of(entry.size) if entry.activity is not None else ""
    return Row(entry, date_format(entry.day, "D j M"), log_words(entry), words, entry.visibility == Visibility.ONLY_ME)


def log_words(entry: SelfCareEntry) -> str:
    """`Tiny, 20 minutes`."""
    parts = [str(Size(entry.size).label)] if entry.size else []
    if entry.minutes:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", entry.minutes) % {"n": entry.minutes})
    return _(", ").join(parts)
