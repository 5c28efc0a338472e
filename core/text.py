"""What people type, cleaned without changing it: CRLF becomes one line break, control characters are refused."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TITLES = {"dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx"}
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"}


def clean_text(value: str) -> str:
    """The text as typed, with `\\r\\n` and `\\r` as `\\n`, in NFC.

    Raises ValidationError for control characters (NUL among them), lone surrogates and non-characters; tab and line break are kept.
    """
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    for character in value:
        code = ord(character)
        if (code < 32 and character not in "\n\t") or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code & 0xFFFE == 0xFFFE:
            raise ValidationError(_("This holds a character that cannot be shown. Please remove it, or type it again."), code="control")
    return unicodedata.normalize("NFC", value)


def is_blank(value: str) -> bool:
    """True when nothing in it can be seen, such as zero-width characters only."""
    return all(unicodedata.category(character) in INVISIBLE for character in value)


def plain(value: str) -> str:
    """For searching: lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", value.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def without_title(name: str) -> str:
    """ "Ngozi Storybrook" of "Dr Ngozi Storybrook"; the whole when only titles are there."""
    words = [word for word in name.split() if word.rstrip(".").casefold() not in TITLES]
    return " ".join(words) or name


def initials(name: str) -> str:
    """First letters of the first and the last word, titles left out, for a screen that others can see."""
    words = [word for word in (part.strip("'\"([{!:.-") for part in without_title(name).split()) if word]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()
