"""`make security`: the probes, whole, and at the end one JSON line of what they counted.

A probe says its figures by pytest's `record_property`; this module is the pytest plugin that adds them up, and the program that runs both parts.
The line is printed, and the answer is not 0, also when something failed.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

FIGURES = ("probes", "leaks", "foreign_writes", "tokens_tried", "tokens_accepted", "csp_violations")
MUST_BE_NONE = ("leaks", "foreign_writes", "tokens_accepted", "csp_violations")
EMBEDDED = (sys.executable, "-m", "resilience_site.embedded", "exec")
PYTEST = (sys.executable, "-m", "pytest", "-q", "-m", "", "-p", "tests.security")
RUNS = (
    (*EMBEDDED, "--test", "--", *PYTEST, "-n", "2", "--dist", "worksteal", "tests/access"),
    (*EMBEDDED, "--serve", "--", *PYTEST, "tests/journeys/test_every_page.py", "tests/journeys/test_every_portal_page.py"),
)
COUNTED: Counter[str] = Counter()


def pytest_addoption(parser: Any) -> None:
    parser.addoption("--figures", help="write what the probes counted into this file, as JSON")


def pytest_runtest_logreport(report: Any) -> None:
    if report.when == "teardown":
        COUNTED.update({name: figure for name, figure in report.user_properties if name in FIGURES})


def pytest_sessionfinish(session: Any) -> None:
    where = session.config.getoption("--figures")
    if where and not hasattr(session.config, "workerinput"):
        Path(where).write_text(json.dumps(COUNTED))


def main() -> int:
    counted: Counter[str] = Counter()
    said: set[str] = set()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for number, command in enumerate(RUNS):
            where = Path(folder) / f"{number}.json"
            failed |= subprocess.run([*command, "--figures", str(where)], check=False).returncode != 0
            part = json.loads(where.read_text()) if where.exists() else {}
            counted.update(part)
            said |= part.keys()
    print(json.dumps({name: counted[name] if name in said else None for name in FIGURES}))
    return int(failed or said != set(FIGURES) or any(counted[name] for name in MUST_BE_NONE))


if __name__ == "__main__":
    sys.exit(main())
