"""Pages driven as a browser drives them: what a form sends is read from the page, never made up beside it."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client as Browser

from tests.cast import Person


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


@dataclass
class Form:
    """A form of a page: what it would send as it stands, what may be chosen, and its buttons."""

    action: str
    id: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Forms(HTMLParser):
    """The forms of a page, with elements that belong to one by `form="id"`."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.textarea: tuple[Form, str] | None = None
        self.loose: list[tuple[str, tuple[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.open = Form(given.get("action", ""), given.get("id", ""))
            self.forms.append(self.open)
        elif tag == "button" and "name" in given and given.get("type") == "submit":
            button = (given["name"], given.get("value", ""))
            if "form" in given:
                self.loose.append((given["form"], button))
            elif self.open is not None:
                self.open.buttons.append(button)
        elif self.open is not None and tag == "input" and given.get("name"):
            self._input(self.open, given)
        elif self.open is not None and tag == "textarea":
            self.open.kinds[given["name"]] = "textarea"
            self.textarea = (self.open, given["name"])
            self.open.fields[given["name"]] = [""]

    def _input(self, form: Form, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        form.kinds[name] = kind
        if kind in ("radio", "checkbox"):
            form.offered.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.fields.setdefault(name, []).append(given.get("value", "on"))
        else:
            form.fields[name] = [given.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self.textarea is not None:
            form, name = self.textarea
            form.fields[name] = [form.fields[name][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.textarea is not None:
            form, name = self.textarea
            form.fields[name] = [form.fields[name][0].removeprefix("\n")]
            self.textarea = None
        elif tag == "form":
            self.open = None


def forms_of(response: Any) -> list[Form]:
    parser = Forms()
    parser.feed(response.content.decode())
    for form_id, button in parser.loose:
        for form in parser.forms:
            if form.id == form_id:
                form.buttons.append(button)
    return parser.forms


def form_with(response: Any, name: str) -> Form:
    """The form that has this field, or a button of this name or value."""
    for form in forms_of(response):
        if name in form.fields or name in form.offered or any(name in button for button in form.buttons):
            return form
    raise AssertionError(f"no form with {name}: {[form.fields for form in forms_of(response)]}")


def send(browser: Browser, response: Any, wanted: str, **changes: Any) -> Any:
    """Send the form that has `wanted`, as it stands but for `changes`; what stands there then."""
    form = form_with(response, wanted)
    data = {**form.fields, **{name.replace("__", "-"): value for name, value in changes.items()}}
    target = form.action or response.request["PATH_INFO"]
    return past(browser, browser.post(target, data, follow=True))


def past(browser: Browser, response: Any) -> Any:
    """On from a page between two steps, such as the worked example, by its own link."""
    found = re.search(r'href="([^"]+)" data-go-on', response.content.decode()) if response.status_code == 200 else None
    if not found:
        return response
    there = browser.get(html.unescape(found[1]))
    there.redirect_chain = getattr(response, "redirect_chain", [])
    return there


def press(browser: Browser, response: Any, button: str, **changes: Any) -> Any:
    """Press one of the player's buttons."""
    form = form_with(response, "step")
    assert ("button", button) in form.buttons, (button, form.buttons)
    return send(browser, response, "step", button=button, **changes)


def step_of(response: Any) -> str:
    """Which step the page shows; "*" at the end."""
    return form_with(response, "step").fields["step"][0]


def sensible(form: Form) -> dict[str, Any]:
    """What a person might answer on this page: as many as offered up to three, a middling number, a line of words."""
    answers: dict[str, Any] = {}
    if "answer" in form.kinds:
        kind = form.kinds["answer"]
        offered = form.offered.get("answer", [])
        if kind == "radio":
            answers["answer"] = [offered[4 if len(offered) == 11 else 0]]
        elif kind == "checkbox":
            answers["answer"] = offered[:1]
        else:
            answers["answer"] = ["A walk, naïve & 'quiet'\nשלום 🌿" if kind == "textarea" else "A walk, naïve & 'quiet' 🌿"]
    picked = answers.get("answer", [""])[0]
    for name in form.offered:
        if name.startswith("intensity-") and (name == f"intensity-{picked}" or "answer" not in form.kinds):
            answers[name] = ["7"]
    if "new_name" in form.kinds and not form.offered.get("answer"):
        answers["new_name"] = ["Ünal O'Brien"]
    if "seconds_done" in form.fields:
        answers["seconds_done"] = ["31"]
    return answers


def drive(browser: Browser, response: Any, *, at_most: int = 40) -> tuple[Any, list[str]]:
    """Answer every step to the end of the part; the last page, and the steps that were shown."""
    way: list[str] = []
    while (step := step_of(response)) != "*":
        form = form_with(response, "step")
        response = browser.post(form.action, {**form.fields, **sensible(form), "button": "next"}, follow=True)
        response = past(browser, response)
        assert response.status_code == 200
        assert 'class="msg"' not in response.content.decode(), (step, response.content.decode()[:200])
        way.append(step)
        assert len(way) < at_most, way
    return response, way
