"""How a log line is written: as JSON, and without what it could tell about a person.

Libraries put addresses, values and whole rows into their messages (``Not Found: /my/<secret>``, ``Key (email)=(…) already exists``). So of a
line that is not ours only the form of the sentence is kept, and of an error its kind and where it happened; never its words.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

#: What our own lines may add, each a word or a number and never about a person.
ADDED = ("view", "method", "status", "milliseconds")


class OnlyTheEvent(logging.Formatter):
    """A line of JSON: time, level, logger, event; for a request view, method, status and milliseconds; for an error its kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        ours = record.name == "needlepoint" or record.name.startswith("needlepoint.")
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage() if ours else str(record.msg) if record.args else _first_word(record),
        }
        line |= {name: getattr(record, name) for name in ADDED if hasattr(record, name)}
        if not ours and isinstance(getattr(record, "status_code", None), int):
            line["status"] = record.status_code  # type: ignore[attr-defined]
        if record.exc_info and record.exc_info[0] is not None:
            line["error"], line["where"] = record.exc_info[0].__name__, _where(record.exc_info[2])
        return json.dumps(line)


def _first_word(record: logging.LogRecord) -> str:
    """A sentence that was put together already may hold anything: only its place is told."""
    return f"{record.module}:{record.lineno}"


def _where(trace: TracebackType | None) -> list[str]:
    return [
        f"{one.name} ({one.filename.rpartition('site-packages/')[2]}:{one.lineno})"
        for one in traceback.extract_tb(trace)
    ][-12:]
