"""Log lines: one JSON object each, numbered by the request they belong to, and without content.

Content is what people wrote and whom it is about: no query string, no secret of a link, no text of an exception (it may quote what was typed),
no DETAIL of the database (it may quote a row), no return value of a task.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

# The request that this thread answers or answered last, or the one whose task it does.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")

QUERY = re.compile(r"\?\S*")
SECRET_LINK = re.compile(r"(/invite/|/password/reset/key/|/reminders/off/)[^/\s]+")
DATABASE_DETAIL = re.compile(r"DETAIL:.*", re.DOTALL)


class NoContent(logging.Filter):
    """Cuts content out of messages, and puts in place of a traceback the kind of the error and where it was raised."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        kind, value, trace = record.exc_info or (None, None, None)
        about = getattr(record, "data", None)  # Celery's, of a task; its message quotes arguments, results and errors
        if isinstance(about, dict):
            what = about.get("description") or ("succeeded" if "return_value" in about else "received")
            message, record.data = f"{about.get('name')}[{about.get('id')}] {what}", None
        elif value is not None and str(value):
            message = message.replace(str(value), "...")
        record.msg, record.args = DATABASE_DETAIL.sub("", SECRET_LINK.sub(r"\1...", QUERY.sub("", message))), ()
        if kind is not None:
            record.msg = f"{record.msg} [{kind.__module__}.{kind.__qualname__} at {last_place(trace)}]"
            record.exc_info = record.exc_text = None
        return True


class JsonLine(logging.Formatter):
    """`{"at", "level", "logger", "message", "request_id"}`, the moment in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname, "logger": record.name, "message": record.getMessage(), "request_id": REQUEST_ID.get()}
        return json.dumps(line, ensure_ascii=False)


def last_place(trace: TracebackType | None) -> str:
    """File and line where our own code was left for the last time: enough to find it, nothing of what was typed."""
    place = "unknown"
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if "site-packages" not in path.parts or place == "unknown":
            place = f"{path.parent.name}/{path.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
