"""Names of time zones: the ones offered, and old names led to the new ones (Europe/Kiev is Europe/Kyiv). And codes of countries.

From the IANA files in the tzdata package, so that the answer does not depend on what the machine has: `zone.tab` names one zone or more
for each country, `tzdata.zi` holds the links from other spellings.
"""

from functools import cache
from importlib.resources import files

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TZDATA = files("tzdata") / "zoneinfo"


@cache
def zone_names() -> tuple[str, ...]:
    """The names to choose from, one for each place of `zone.tab`, and UTC."""
    lines = (TZDATA / "zone.tab").read_text("utf-8").splitlines()
    return (*sorted(line.split("\t")[2] for line in lines if line and not line.startswith("#")), "UTC")


@cache
def country_codes() -> frozenset[str]:
    """The two-letter codes of ISO 3166, as the same files list them."""
    lines = (TZDATA / "iso3166.tab").read_text("utf-8").splitlines()
    return frozenset(line[:2] for line in lines if line and not line.startswith("#"))


@cache
def country_names() -> dict[str, str]:
    """Their names in English, by code, in the order of the names."""
    lines = (TZDATA / "iso3166.tab").read_text("utf-8").splitlines()
    pairs = [tuple(line.split("\t")[:2]) for line in lines if line and not line.startswith("#")]
    return {code: name for name, code in sorted((name, code) for code, name in pairs)}


@cache
def links() -> dict[str, str]:
    """Other spellings, each with what it means: {"Europe/Kiev": "Europe/Kyiv"}."""
    pairs = (line.split()[1:3] for line in (TZDATA / "tzdata.zi").read_text("utf-8").splitlines() if line.startswith("L "))
    return {other: target for target, other in pairs}


def today_name(name: str) -> str | None:
    """The name in use today for this zone, in any letter case; None when nothing is known by it."""
    offered = {each.casefold(): each for each in zone_names()}
    spellings = {each.casefold(): target for each, target in links().items()}
    wanted = name.strip().casefold().replace(" ", "_")
    return offered.get(wanted) or offered.get(spellings.get(wanted, "").casefold())


class ZoneField(forms.ChoiceField):
    """A select of zones that also takes an old name."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("choices", [(name, name.replace("_", " ")) for name in zone_names()])
        super().__init__(**kwargs)  # type: ignore[arg-type]

    def prepare_value(self, value: object) -> object:
        return (today_name(value) or value) if isinstance(value, str) else value

    def to_python(self, value: object) -> str:
        typed = super().to_python(value)
        if not typed:
            return ""
        name = today_name(typed)
        if name is None:
            raise ValidationError(_("This time zone is not known. Please choose one from the list."), code="zone")
        return name
