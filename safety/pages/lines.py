"""The office's list of lines: what each state means, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safety.checked import State
from safety.content import FACTS
from safety.forms.lines import LABELS, typed
from safety.models import LineCheck
from safety.pages.help import buttons
from safety.selectors.lines import KnownLine


@dataclass(frozen=True)
class LineRow:
    line: KnownLine
    state: str
    values: str


def day(moment: datetime | None) -> str:
    return date_format(localtime(moment), "j F Y") if moment else ""


def state_words(line: KnownLine) -> str:
    """What the line's state is and what it means for Help now."""
    now = line.standing
    if line.hold:
        return _("Held back")
    if now.state == State.VERIFIED:
        return _("Checked, until %(day)s") % {"day": day(now.until)}
    if now.state == State.STALE:
        return _("Checks ran out on %(day)s") % {"day": day(now.until)}
    if now.wrong:
        return _("Found wrong on %(day)s") % {"day": day(now.last.at if now.last else None)}
    if now.last:
        return _("Draft: one check, one more is needed")
    return _("Draft: not checked")


def row_of(line: KnownLine) -> LineRow:
    values = " / ".join(each.value or each.said for each in buttons(line.facts))
    return LineRow(line, state_words(line), values)


def lead(rows: list[LineRow]) -> str:
    """The page's first sentence: what Help now shows today."""
    shown = sum(row.line.standing.verified for row in rows if not row.line.is_emergency and not row.line.hold)
    if not shown:
        return _("No line is checked, so Help now shows the emergency numbers and the directory alone.")
    return ngettext("Help now shows %(n)s checked line.", "Help now shows %(n)s checked lines.", shown) % {"n": shown}


@dataclass(frozen=True)
class CheckRow:
    """One look, in words. `older`: it was of other values and does not count any more."""

    check: LineCheck
    who: str
    found: str
    older: bool


def check_rows(line: KnownLine) -> list[CheckRow]:
    return [
        CheckRow(
            check,
            check.created_by.name if check.created_by else _("somebody"),
            _("right") if check.is_right else _("wrong"),
            line.row is not None and check.line_version != line.row.version,
        )
        for check in line.checks
    ]


def values_of(line: KnownLine) -> list[tuple[str, str]]:
    """Label and value of all that is known, for who may not change it."""
    found = typed(line.facts)
    return [(str(LABELS[name]), found[name]) for name in FACTS if found.get(name)]
