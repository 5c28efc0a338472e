"""Reading a file of columns as spreadsheet programs write it: which alphabet, which separator, which line a row began at."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.errors import Refused

MOST_BYTES = 1_000_000
MOST_ROWS = 500
SEPARATORS = ",;\t"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Line:
    """One row: the line of the file it began at, counted from 1, and its cells by column."""

    number: int
    cells: dict[str, str]
    trouble: str = ""


@dataclass(frozen=True)
class Table:
    lines: list[Line]
    unknown: list[str]  # headings that name no column; what stands under them is left out


def text_of(content: bytes) -> tuple[str, bool]:
    """The file as text, and whether its alphabet was only supposed: neither marked nor UTF-8, so read as Windows-1252. Raises Refused."""
    if len(content) > MOST_BYTES:
        raise Refused(_("This file is larger than 1 MB. Please import it in parts."), "file")
    try:
        if content.startswith(UTF_16):
            return content.decode("utf-16"), False
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), True
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = _("Line %(line)s holds signs that are neither UTF-8 nor Windows-1252. Please save the file as “CSV UTF-8”.")
        raise Refused(message % {"line": line}, "file") from error


def table_of(text: str, names: dict[str, str], needed: Iterable[str]) -> Table:
    """The rows below the headings. `names`: heading in lower case -> column. The separator is the one that makes most headings known.

    A row with another number of cells than the headings is kept with its `trouble`. Raises Refused for a file that cannot be imported at all.
    """
    text = text.removeprefix("\ufeff")
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=lambda each: sum(_plain(cell) in names for cell in next(csv.reader([first], delimiter=each), [])))
    rows = _rows(text, separator)
    if not rows:
        raise Refused(_("There is nothing in it."), "text")
    headings, unknown = _columns(rows[0][1], names, needed)
    body = [(number, cells) for number, cells in rows[1:] if any(cell.strip() for cell in cells)]
    if not body:
        raise Refused(_("There is no line below the headings."), "text")
    if len(body) > MOST_ROWS:
        raise Refused(_("These are %(rows)s lines. Please import at most %(most)s at a time.") % {"rows": len(body), "most": MOST_ROWS}, "text")
    return Table([_line(number, cells, headings) for number, cells in body], unknown)


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").replace("-", " ").casefold().split())


def _rows(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """(line it begins at, cells); a quoted cell may hold line breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found, began = [], 1
    try:
        for cells in reader:
            if cells:
                found.append((began, cells))
            began = reader.line_num + 1
    except csv.Error as error:
        raise Refused(_("Line %(line)s: a quotation mark opens or closes where none can.") % {"line": began}, "text") from error
    return found


def _columns(headings: list[str], names: dict[str, str], needed: Iterable[str]) -> tuple[list[str], list[str]]:
    """The column under each heading, empty for one that is not known; and those. Raises Refused."""
    columns = [names.get(_plain(heading), "") for heading in headings]
    twice = sorted({heading for heading, column in zip(headings, columns, strict=True) if column and columns.count(column) > 1})
    if twice:
        raise Refused(_("Two columns mean the same: %(names)s.") % {"names": ", ".join(twice)}, "text")
    for column in needed:
        if column not in columns:
            message = _("No column is called “%(name)s”. The first line names the columns, as in the template.")
            raise Refused(message % {"name": column}, "text")
    return columns, [heading for heading, column in zip(headings, columns, strict=True) if heading.strip() and not column]


def _line(number: int, cells: list[str], columns: list[str]) -> Line:
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    known = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
    trouble = ""
    if len(cells) != len(columns):
        trouble = _("This line has %(cells)s columns, the headings have %(headings)s.") % {"cells": len(cells), "headings": len(columns)}
    return Line(number, known, trouble)
