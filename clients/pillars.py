"""The four pillars, equal, and what a pillar app says about a client for the record page."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pillar(models.TextChoices):
    STRENGTHS = "strengths", _("Strengths and support")
    COPING = "coping", _("Coping skills")
    SELFCARE = "selfcare", _("Looking after yourself")
    MINDSET = "mindset", _("A balanced view")


@dataclass(frozen=True)
class PillarLine:
    """One line of a pillar's card: `bold` and `text` in the software's voice, `said` in the client's own words."""

    bold: str = ""
    text: str = ""
    said: str = ""


@dataclass(frozen=True)
class PillarSummary:
    """What is there for one pillar in a period. `weeks` counts entries a week, oldest first; `active` = something in the last 14 days.

    `suggested` names an exercise as the next step; empty leaves the choice open.
    """

    pillar: str
    sentence: str
    weeks: tuple[int, ...] = ()
    lines: tuple[PillarLine, ...] = ()
    active: bool = False
    suggested: str = ""
