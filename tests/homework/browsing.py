"""A page read as a browser reads it: what it would send, and what it says."""

from html.parser import HTMLParser
from typing import Any


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.text: list[str] = []
        self.select: str | None = None
        self.area: str | None = None
        self.skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        if tag in ("script", "style"):
            self.skip += 1
        if tag == "form":
            self.forms.append({"class": at.get("class") or "", "action": at.get("action") or "", "fields": {}, "buttons": []})
        if not self.forms:
            return
        form = self.forms[-1]
        name = at.get("name")
        if tag == "input" and name and (at.get("type") not in ("radio", "checkbox") or "checked" in at):
            form["fields"].setdefault(name, []).append(at.get("value") or "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in at:
            form["fields"][self.select] = [at.get("value") or ""]
        elif tag == "textarea":
            self.area = name
            form["fields"][name] = [""]
        elif tag == "button":
            form["buttons"].append((name, at.get("value")))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.skip -= 1
        if tag == "select":
            self.select = None
        if tag == "textarea":
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.forms[-1]["fields"][self.area][0] += data.removeprefix("\n")
        if not self.skip:
            self.text.append(data)


def read(page: Any) -> _Forms:
    parser = _Forms()
    parser.feed(page.content.decode())
    return parser


def words_of(page: Any) -> str:
    """The page's text with every run of blanks as one."""
    return " ".join(" ".join(read(page).text).split())


def form_of(page: Any, css_class: str) -> dict[str, list[str]]:
    """The fields of the form with this class, as they stand."""
    return next(form["fields"] for form in read(page).forms if css_class in form["class"].split())
