"""A mapping of the file that knows where it stands, so that whatever is wrong is said with file, client and field."""

from collections.abc import Collection, Mapping
from typing import Any


class FileError(Exception):
    """What is wrong in a clinic file, one line each."""


class Entry:
    """Read-only. Every reader raises FileError for a value of the wrong kind; a missing value is the default where there is one."""

    def __init__(self, data: Any, *, file: str, who: str = "", path: str = "") -> None:
        self.file, self.who, self.path = file, who, path
        if not isinstance(data, Mapping):
            raise FileError(self.line("", "a mapping is needed here"))
        self.data = data

    def line(self, name: str, wrong: str) -> str:
        """`demo.yaml: client c01: homework[2].done: a whole number is needed`."""
        field = f"{self.path}.{name}" if self.path and name else self.path or name
        return ": ".join(part for part in (self.file, self.who, field, wrong) if part)

    def error(self, name: str, wrong: str) -> FileError:
        return FileError(self.line(name, wrong))

    def has(self, name: str) -> bool:
        return self.data.get(name) is not None

    def only(self, *known: str) -> None:
        """A name nobody reads is a typing slip, and would be lost without a word."""
        unknown = sorted(str(name) for name in self.data if name not in known)
        if unknown:
            raise self.error(unknown[0], "this field is not known")

    def text(self, name: str, default: str | None = None, *, most: int = 5000) -> str:
        """Kept exactly as it is written."""
        value = self.data.get(name, default)
        if value is None or (default is None and value == ""):
            raise self.error(name, "a text is needed")
        if not isinstance(value, str):
            raise self.error(name, f"a text is needed, this is {value!r}")
        return self._fits(name, value, most)

    def _fits(self, name: str, value: str, most: int) -> str:
        if "\0" in value:
            raise self.error(name, "a character with the number 0 cannot be kept")
        if len(value) > most:
            raise self.error(name, f"at most {most} characters, these are {len(value)}")
        return value

    def key(self, name: str, known: Collection[str], default: str | None = None) -> str:
        value = self.text(name, default)
        if value and value not in known:
            raise self.error(name, f"“{value}” is not known")
        return value

    def keys(self, name: str, known: Collection[str]) -> list[str]:
        found = self.texts(name)
        for each in found:
            if each not in known:
                raise self.error(name, f"“{each}” is not known")
        return found

    def texts(self, name: str) -> list[str]:
        found = self.items(name)
        for each in found:
            if not isinstance(each, str):
                raise self.error(name, f"texts are needed, this is {each!r}")
            self._fits(name, each, 5000)
        return found

    def items(self, name: str, length: int | None = None) -> list[Any]:
        """A list, empty when it is not there; of this length when it is."""
        value = self.data.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.error(name, "a list is needed")
        if length is not None and len(value) != length:
            raise self.error(name, f"{length} values are needed, one a week from week 0; these are {len(value)}")
        return value

    def entries(self, name: str) -> list["Entry"]:
        return [self._below(f"{name}[{number}]", each) for number, each in enumerate(self.items(name))]

    def entry(self, name: str) -> "Entry | None":
        return self._below(name, self.data[name]) if self.has(name) else None

    def _below(self, name: str, data: Any) -> "Entry":
        return Entry(data, file=self.file, who=self.who, path=f"{self.path}.{name}" if self.path else name)

    def number(self, name: str, low: float, high: float, *, needed: bool = True) -> float | None:
        """Whole or with decimals, None when it may be missing and is."""
        return self.number_of(name, self.data.get(name), low, high, needed=needed)

    def number_of(self, name: str, value: Any, low: float, high: float, *, needed: bool = True) -> float | None:
        if value is None and not needed:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.error(name, f"a number from {low:g} to {high:g} is needed, this is {value!r}")
        return float(value)

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        value = self.data.get(name, default)
        self.number_of(name, value, low, high)
        if value != int(value):
            raise self.error(name, f"a whole number is needed, this is {value!r}")
        return int(value)
