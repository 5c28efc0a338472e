"""Every text that a user reads goes through gettext: what stands between tags, what attributes say, labels, messages and refusals."""

import ast
import re

import pytest

from tests.house.source import ROOT, app_files, dotted, name_of, room, tree, walk

SAID = ("alt", "title", "aria-label", "aria-description", "placeholder", "label")  # attributes that are read out or shown
SHOWN = {"label", "help_text", "error_messages", "empty_label", "message"}  # keywords whose texts reach a page
SPEAKERS = {"Refused": 0, "ValidationError": 0, "success": 1, "info": 1, "warning": 1, "error": 1, "add_error": 1}  # call -> place of its text
NAMES = re.compile(r"Lantern|UTC|[\w-]+\.(com|org)|[.,;:]")  # the same in every language
SILENT = re.compile(
    r"{% comment.*?endcomment %}|{#.*?#}|{% block body_class %}.*?{% endblock %}|{% blocktranslate.*?endblocktranslate %}"
    r"|{% verbatim.*?endverbatim %}|<(script|style)\b.*?</\1>|<!--.*?-->",
    re.S,
)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.S)
LETTERS = re.compile(r"[^\W\d_]{2,}")


def plain_words(text: str) -> str:
    """What is left of a text without template tags and entities, if a person could read it as words."""
    left = re.sub(r"&#?\w+;", " ", TAGS.sub(" ", text)).strip()
    return left if LETTERS.search(NAMES.sub("", left)) else ""


def untranslated_html(source: str, where: str) -> list[str]:
    """Words in text nodes and in attributes that no `translate` stands around."""
    source = SILENT.sub(lambda match: "\n" * match[0].count("\n"), source)
    shielded = TAGS.sub(lambda match: match[0].replace("<", " ").replace(">", " ").replace('"', " "), source)
    found = [(match.start(), plain_words(match[1])) for match in re.finditer(r"(?:^|>)([^<>]*)(?=<|$)", shielded)]
    found += [(match.start(), plain_words(match[2])) for match in re.finditer(rf'[\s"]({"|".join(SAID)})="([^"]*)"', shielded)]
    return [f"{where}:{source.count(chr(10), 0, at) + 1} {words[:60]!r}: put {{% translate %}} around it." for at, words in found if words]


def constants(node: ast.AST) -> list[str]:
    """Texts in this expression that are not arguments of a call such as `_()`."""
    if isinstance(node, ast.Call):
        return []
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and LETTERS.search(node.value) else []
    children = node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node)
    return [text for child in children for text in constants(child)]


def untranslated_python(source: ast.Module, where: str) -> list[str]:
    """Texts given to a form, a message, a refusal or a form error as they stand."""
    found = []
    for call in (node for node in ast.walk(source) if isinstance(node, ast.Call)):
        name = dotted(call.func).split(".")[-1]
        said = [word.value for word in call.keywords if word.arg in SHOWN]
        if name in SPEAKERS and ("messages." in dotted(call.func) or name in ("Refused", "ValidationError", "add_error")):
            said += call.args[SPEAKERS[name] : SPEAKERS[name] + 1]
        found += [f"{where}:{call.lineno} {text[:60]!r} in {name}(): write _({text[:20]!r}...)." for each in said for text in constants(each)]
    return found


def test_templates_are_translatable() -> None:
    files = [*walk(ROOT / "templates", ".html", ".txt"), *app_files(".html")]
    assert len(files) > 30
    wrong = [each for path in files if "styleguide" not in str(path) for each in untranslated_html(path.read_text(), name_of(path))]
    assert not wrong, "\n".join(wrong)


def test_forms_messages_and_refusals_are_translatable() -> None:
    files = [path for path in app_files(".py") if room(path) not in ("migrations", "management", "embedded", "models", "data")]
    wrong = [each for path in files for each in untranslated_python(tree(path), name_of(path))]
    assert not wrong, "\n".join(wrong)


HTML = [
    "<p>Hello there</p>", "Hello\n<b>{{ x }}</b>", '<img alt="A lamp">', '<a aria-label="Go {{ x }}">{{ y }}</a>', "{% if a < b %}so{% endif %}"
]  # fmt: skip
PYTHON = ["F(label='Name')", "F(help_text='Why')", "raise Refused('Not now')", "messages.success(r, f'Saved {n}')", "F(error_messages={'required': 'Say it'})"]
FINE = """<p>{% translate "Hello <b>" %} {{ n|default:"two words" }} &middot; 5</p>{% comment %}notes{% endcomment %}
<i title="{% translate "x y" %}">Lantern</i><script src="a"></script>{% blocktranslate %}Hello <b>you</b>{% endblocktranslate %}"""
FINE_PYTHON = "F(label=_('Name'), widget=W(attrs={'class': 'wide'})); raise Refused(_('No'), 'email'); messages.info(r, _('Saved.')); log.info('x y')"


@pytest.mark.parametrize("html", HTML)
def test_the_check_sees_plain_words_in_a_template(html: str) -> None:
    assert untranslated_html(html, "x.html")


@pytest.mark.parametrize("text", PYTHON)
def test_the_check_sees_plain_words_in_python(text: str) -> None:
    assert untranslated_python(ast.parse(text.removeprefix("raise ")), "x.py")


def test_the_check_lets_translated_words_be() -> None:
    assert not untranslated_html(FINE, "x.html")
    assert not untranslated_python(ast.parse(FINE_PYTHON), "x.py")
