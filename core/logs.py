"""Log lines carry no content: no query string, no secret of a link, no exception text from the database, which can hold a row."""

import logging
import re
from types import TracebackType

QUERY = re.compile(r"\?\S*")
SECRET_LINK = re.compile(r"(/invite/|/password/reset/key/|/reminders/off/)[^/\s]+")
DATABASE_DETAIL = re.compile(r"DETAIL:.*", re.DOTALL)


class NoContent(logging.Filter):
    """Cuts query strings, secrets of links, and the database's DETAIL lines out of messages and tracebacks; drops the request object."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        record.msg, record.args = DATABASE_DETAIL.sub("", SECRET_LINK.sub(r"\1...", QUERY.sub("", message))), ()
        if record.exc_info and record.exc_info[0] is not None:
            kind, _value, trace = record.exc_info
            record.msg = f"{record.msg} [{kind.__module__}.{kind.__qualname__} at {last_place(trace)}]"
            record.exc_info = record.exc_text = None
        return True


def last_place(trace: TracebackType | None) -> str:
    """File and line where it was raised: enough to find it, nothing of what was typed."""
    place = "unknown"
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{code.co_filename.rsplit('/', 2)[-2]}/{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
