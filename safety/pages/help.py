"""The lines on Help now as buttons: one for each value there is, and beside each line a second way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf.locale import LANG_INFO
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from safety.content import Directory


@dataclass(frozen=True)
class Button:
    """`said` is the verb and the name, `value` the number, `read` how it is read behind them; `away`: it opens another site."""

    href: str
    said: str
    value: str = ""
    away: bool = False
    read: str = ""


@dataclass(frozen=True)
class HelpLine:
    """`about`: hours and for whom, where they are known. `second`: what to try when nobody answers."""

    name: str
    buttons: tuple[Button, ...]
    about: str
    second: Button


def dial(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit() or sign in "+*#").replace("#", "%23")


def buttons(facts: Mapping[str, Any]) -> tuple[Button, ...]:
    """A value that is missing has no button."""
    name, found = facts.get("name", ""), []
    for field in ("call", "call_2", "call_3"):
        if number := facts.get(field):
            found.append(Button(f"tel:{dial(number)}", _("Call %(name)s") % {"name": name}, number))
    if number := facts.get("text"):
        found.append(_to_text(name, number, facts.get("text_word")))
    if (number := facts.get("sms_callback")) and (words := facts.get("sms_callback_words")):
        found.append(Button(f"sms:{dial(number)}", words, number))
    if number := facts.get("whatsapp"):
        found.append(Button(f"https://wa.me/{dial(number).lstrip('+')}", _("WhatsApp to %(name)s") % {"name": name}, number, away=True))
    if page := facts.get("chat"):
        found.append(Button(page, _("Chat with %(name)s") % {"name": name}, away=True))
    return tuple(found)


def _to_text(name: str, number: str, word: str | None) -> Button:
    """A line that is called like the word to send is not named twice."""
    if not word:
        return Button(f"sms:{dial(number)}", _("Text %(name)s") % {"name": name}, number)
    href = f"sms:{dial(number)}?body={quote(word)}"
    if word.casefold() == name.casefold():
        return Button(href, _("Text %(word)s") % {"word": word}, number, read=_("to %(number)s") % {"number": number})
    return Button(href, _("Text %(word)s to %(name)s") % {"word": word, "name": name}, number)


def about(facts: Mapping[str, Any]) -> str:
    """Hours, whether it is free, for whom, in which languages: what is known of it."""
    hours = {"24/7": _("Day and night")}.get(facts.get("hours", ""), facts.get("hours", ""))
    free = (_("free") if facts["free"] else _("may cost money")) if "free" in facts else ""
    meant = "" if facts.get("for", "everyone") == "everyone" else _("for %(whom)s") % {"whom": facts["for"]}
    tongues = ", ".join(LANG_INFO[code]["name_local"] if "name_local" in LANG_INFO.get(code, {}) else code for code in facts.get("languages", ()))
    return ", ".join(part for part in (hours, free, meant, tongues) if part)


def help_lines(found: Iterable[Mapping[str, Any]], directory: Directory) -> list[HelpLine]:
    """Those that reach somebody. The second way is the next line, and with one line alone the directory."""
    usable = [(facts, buttons(facts)) for facts in found]
    usable = [(facts, each) for facts, each in usable if each]
    elsewhere = Button(directory.url, directory.text, away=True)
    return [
        HelpLine(facts.get("name", ""), each, about(facts), usable[(number + 1) % len(usable)][1][0] if len(usable) > 1 else elsewhere)
        for number, (facts, each) in enumerate(usable)
    ]


def plan_address() -> str:
    """Where the client's safety plan stands; empty while the product has none."""
    try:
        return reverse("safety:plan")
    except NoReverseMatch:
        return ""
