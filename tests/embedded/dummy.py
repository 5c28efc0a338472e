"""The command line of the embedded servers with a stand-in for the product: the same supervisor, a web process of ten lines.

Its worker starts a process in a session of its own, the way a process escapes from its group; with STUBBORN set it does not heed SIGTERM.
"""

import http.server
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from resilience_site.embedded import __main__ as command_line
from resilience_site.embedded import jobs
from resilience_site.embedded.jobs import Service, Step


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(dict(os.environ)).encode())

    def log_message(self, *_: object) -> None:
        pass


def web() -> None:
    http.server.HTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Page).serve_forever()


def worker() -> None:
    if os.environ.get("STUBBORN"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    subprocess.Popen(["sleep", "600"], start_new_session=True)
    time.sleep(600)


def prepare() -> None:
    runs = Path(os.environ["DATA_DIR"]) / "mail" / "runs"
    runs.write_text(runs.read_text() + "x" if runs.exists() else "x")
    print(f"sign in as somebody ({len(os.environ.get('DATABASE_OWNER_URL', ''))} characters of owner's login)")
    if os.environ.get("FAIL"):
        sys.exit("it did not work")


def supervise(arguments: list[str]) -> int:
    # Somebody may be editing the product while its tests run; nobody edits these files.
    fingerprint = jobs.fingerprint
    jobs.fingerprint = lambda env, root: fingerprint(env, Path(__file__).parent)
    itself = (sys.executable, "-m", "tests.embedded.dummy")
    jobs.PREPARE = jobs.PREPARE_APART = (Step("prepare", (*itself, "--prepare"), shown=True, demo_only=True),)
    jobs.services = lambda: tuple(Service(name, " ".join((*itself, f"--{name}"))) for name in ("web", "worker"))
    return command_line.main(arguments)


if __name__ == "__main__":
    action = sys.argv[1]
    if action.startswith("--"):
        {"--web": web, "--worker": worker, "--prepare": prepare}[action]()
    else:
        sys.exit(supervise(sys.argv[1:]))
