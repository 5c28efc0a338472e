"""How doses, votes and counts read. No database."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.content import measure_name
from clients.ledger import Line

EVERY_DAY = 7


def per_week_words(per_week: int) -> str:
    """`once a week`, `twice a week`, `5 times a week`, `every day`, `3 times a day`."""
    if per_week % EVERY_DAY == 0:
        a_day = per_week // EVERY_DAY
        return {1: _("every day"), 2: _("twice a day")}.get(a_day, _("%(n)d times a day") % {"n": a_day})
    return {1: _("once a week"), 2: _("twice a week")}.get(per_week, _("%(n)d times a week") % {"n": per_week})


def weeks_words(weeks: int) -> str:
    return ngettext("%(n)d week", "%(n)d weeks", weeks) % {"n": weeks}


def dose_words(per_week: int, weeks: int) -> str:
    """`twice a week for 3 weeks`; once in all is `once`."""
    if per_week == weeks == 1:
        return _("once")
    return _("%(often)s for %(weeks)s") % {"often": per_week_words(per_week), "weeks": weeks_words(weeks)}


def times_words(n: int) -> str:
    return ngettext("once", "%(n)d times", n) % {"n": n}


def helped_words(vote: float) -> str:
    """A median vote, 1 to 5."""
    return _("helped %(vote)g of 5") % {"vote": vote}


def change_words(measure: str, change: float) -> str:
    """`distress -1.5`, with a true minus sign."""
    return f"{measure_name(measure)} {change_sign(change)}"


def change_sign(change: float) -> str:
    """`+2`, `0`, `-1.5`, with a true minus sign; what stood still carries none."""
    number = f"{change:+.1f}".removesuffix(".0")
    return "0" if number in ("+0", "-0") else number.replace("-", "\u2212")


def with_client_words(line: Line | None) -> str:
    """What the library's last column says: `3 times: distress -0.6, helped 4 of 5`. Empty when it was not used yet."""
    if line is None:
        return ""
    parts = [change_words(line.measure, line.change)] if line.change is not None else []
    if line.helped is not None:
        parts.append(helped_words(line.helped))
    times = times_words(line.used)
    return _("%(times)s: %(what)s") % {"times": times, "what": ", ".join(parts)} if parts else times
