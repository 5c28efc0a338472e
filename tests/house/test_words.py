"""What the software says: none of the words it never uses, no exclamation mark, a person by name and never by a guessed pronoun, sentence case."""

import ast
import re

import pytest

from tests.house.source import ROOT, app_files, dotted, name_of, room, tree, walk

# ux.md 9. "attempt" is one of them as a label only, so it stays out of this list.
NEVER = re.compile(r"\b(compl(iance|iant)|fail(s|ed|ure|ures)?|miss(es|ed)?|overdue|should|just|normal(ly)?|irrational|risk level|suffers?|streak)\b", re.I)
GUESSED = re.compile(r"\b(he|she|him|his|hers?|himself|herself)\b", re.I)
TITLE_CASE = re.compile(r"^[A-Z][a-z]*( [A-Z][a-z]*)+[.?]?$")
SIGNED = re.compile(r"[a-z]!", re.I)
PLACES = {"United Kingdom", "Northern Ireland"}
SPEAKERS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
BLOCK = re.compile(r"{% blocktranslate\b.*?%}(.*?){% endblocktranslate %}", re.S)
INLINE = re.compile(r"""{% translate (?:"([^"]*)"|'([^']*)')|_\("([^"]*)"\)""")
GAPS = re.compile(r"{{.*?}}|{%.*?%}|%\(\w+\)s|<[^>]*>", re.S)


def said_in_html(source: str) -> list[str]:
    found = [part for body in BLOCK.findall(source) for part in re.split(r"{% plural %}", body)]
    return found + ["".join(parts) for parts in INLINE.findall(source)]


def said_in_python(source: ast.Module) -> list[str]:
    calls = (node for node in ast.walk(source) if isinstance(node, ast.Call) and dotted(node.func) in SPEAKERS)
    return [part.value for call in calls for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def wrong_with(text: str) -> list[str]:
    text = " ".join(GAPS.sub(" ", text).split())
    found = [match[0] for rule in (NEVER, GUESSED, SIGNED) for match in rule.finditer(text)]
    return found + ([text] if TITLE_CASE.match(text) and text not in PLACES else [])


def everything_said() -> list[tuple[str, str]]:
    pages = [path for path in [*walk(ROOT / "templates", ".html", ".txt"), *app_files(".html")] if "styleguide" not in str(path)]
    rooms = [path for path in app_files(".py") if room(path) not in ("migrations", "management")]
    said = [(name_of(path), text) for path in pages for text in said_in_html(path.read_text())]
    return said + [(name_of(path), text) for path in rooms for text in said_in_python(tree(path))]


def test_what_is_said_is_said_kindly() -> None:
    said = everything_said()
    assert len(said) > 500
    wrong = [f"{where}: {words} in {text!r}" for where, text in said for words in wrong_with(text)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "html",
    [
        '{% translate "You missed it" %}',
        "{% blocktranslate %}{{ n }} of them{% plural %}Saved!{% endblocktranslate %}",
        "{% translate 'Her words' %}",
    ],
)
def test_the_check_hears_a_template(html: str) -> None:
    assert any(wrong_with(text) for text in said_in_html(html))


@pytest.mark.parametrize("text", ["_('That failed')", "ngettext('%(n)s is overdue', 'n', 2)", "_('Add A Client')"])
def test_the_check_hears_python(text: str) -> None:
    assert any(wrong_with(each) for each in said_in_python(ast.parse(text)))


@pytest.mark.parametrize("text", ["Not saved", "<bdi>{{ he }}</bdi> sees this", "Adjust %(miss)s", "Add a client", "Other"])
def test_the_check_lets_good_words_be(text: str) -> None:
    assert not wrong_with(text)
