"""`make run` from its first start to its end, with the dummy in place of the product."""

import json
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from resilience_site.embedded import jobs
from resilience_site.embedded.environment import clean
from resilience_site.embedded.place import PROJECT
from tests.embedded.running import Started, gone_within, left_over, run_command


def seen_by_web(run: Started) -> dict[str, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/healthz", timeout=5) as page:
        return dict(json.load(page))


def test_the_second_start_finds_the_data_and_the_end_leaves_nothing(data: Path) -> None:
    first = Started(data).wait_until_ready()
    told = seen_by_web(first)
    assert first.stop() == 0
    assert left_over(data) == []

    second = Started(data, port=first.port).wait_until_ready()
    assert seen_by_web(second)["DATABASE_URL"] == told["DATABASE_URL"]
    assert "sign in as somebody" in second.text()
    assert (data / "mail" / "runs").read_text() == "x", "nothing had changed, so nothing was prepared again"
    assert second.stop(signal.SIGINT) == 0
    assert left_over(data) == []


@pytest.mark.full
def test_a_process_that_does_not_heed_is_ended_within_thirty_seconds(data: Path) -> None:
    run = Started(data, STUBBORN="yes").wait_until_ready()
    run.pid_of(["sleep", "600"])
    started = time.monotonic()
    assert run.stop() == 0
    assert time.monotonic() - started < 30
    assert left_over(data) == []


def test_what_serves_is_told_everything_but_the_owners_login(data: Path) -> None:
    run = Started(data, DEMO_PASSWORD="given by the operator").wait_until_ready()
    told = seen_by_web(run)
    assert "(0 characters" not in run.text(), "the steps before serving have it"
    run.stop()
    assert "DATABASE_OWNER_URL" not in told
    assert told["DATABASE_URL"].startswith("postgresql://app_web:") and told["DATABASE_URL"].endswith(f"/resilience?host={data}/run")
    assert told["REDIS_URL"].startswith("unix://:") and len(told["SECRET_KEY"]) >= 40
    assert told["BASE_URL"] == f"http://127.0.0.1:{run.port}" and told["DEMO_PASSWORD"] == "given by the operator"
    assert (told["DATA_DIR"], told["STATIC_ROOT"], told["MAIL_DIR"]) == (str(data), f"{data}/static", f"{data}/mail")
    assert told["DEMO"] == told["INSECURE_HTTP"] == "true" and "localhost" in told["ALLOWED_HOSTS"]
    superuser = (data / "secrets" / "postgres").read_text()
    assert superuser not in json.dumps(told)


@pytest.mark.full
@pytest.mark.parametrize(("name", "words"), [("web", ["--web"]), ("worker", ["--worker"]), ("postgres", ["bin/postgres", "-D"]), ("valkey", ["valkey-server"])])
def test_one_process_killed_stops_the_rest_with_one_sentence(data: Path, name: str, words: list[str]) -> None:
    run = Started(data).wait_until_ready()
    killed = run.pid_of(words)
    subprocess.run(["kill", "-9", str(killed)], check=True)
    started = time.monotonic()
    assert run.wait() == 1
    assert time.monotonic() - started < 30
    assert run.text().splitlines()[-1].startswith(f"{name} was killed by SIGKILL, so everything else was stopped too")
    assert left_over(data) == []
    again = Started(data).wait_until_ready()
    assert again.stop() == 0


@pytest.mark.full
def test_nothing_outlives_a_killed_supervisor(data: Path) -> None:
    run = Started(data, STUBBORN="yes").wait_until_ready()
    run.pid_of(["sleep", "600"])
    run.process.kill()
    run.process.wait()
    # The worker does not heed the signal it gets then, and what it started has left its session: the next start ends both.
    again = Started(data).wait_until_ready()
    assert again.stop() == 0
    assert gone_within(data, 1)


@pytest.mark.full
def test_everything_killed_at_once_and_a_stale_pid_file(data: Path) -> None:
    run = Started(data).wait_until_ready()
    run.pid_of(["sleep", "600"])
    victims = [run.process.pid, run.pid_of(["bin/postgres", "-D"]), run.pid_of(["valkey-server"])]
    subprocess.run(["kill", "-9", *map(str, victims)], check=True)
    run.process.wait()
    assert left_over(data), "the worker's own child lives on"
    stranger = subprocess.Popen(["sleep", "60"])
    lines = (data / "postgres" / "postmaster.pid").read_text().split("\n")
    (data / "postgres" / "postmaster.pid").write_text("\n".join([str(stranger.pid), *lines[1:]]))
    again = Started(data, port=run.port).wait_until_ready()
    assert stranger.poll() is None, "a process without the marker is never touched"
    stranger.kill()
    stranger.wait()
    assert again.stop() == 0
    assert left_over(data) == []


def test_a_step_that_fails_is_shown_and_stops_the_start(data: Path) -> None:
    run = Started(data, FAIL="yes")
    assert run.wait() == 1
    assert "it did not work" in run.text() and "--prepare` failed, see above" in run.text().splitlines()[-1]
    assert left_over(data) == []


def test_a_second_run_and_a_reset_are_refused_while_it_runs_and_reset_deletes_afterwards(data: Path) -> None:
    run = Started(data).wait_until_ready()
    second = run_command("run", DATA_DIR=str(data), PORT=str(run.port))
    refused = run_command("reset", DATA_DIR=str(data))
    for answer in (second, refused):
        assert answer.returncode == 1
        assert answer.stderr.startswith(f"The product is already running with the data in {data} (process {run.process.pid})")
        assert answer.stderr.count("\n") == 1
    beside = run_command("exec", "--", "sh", "-c", 'psql -XAtqc "SELECT current_user" "$DATABASE_URL"', DATA_DIR=str(data), PATH=_with_psql())
    assert (beside.returncode, beside.stdout) == (0, "app_web\n"), "a command may join the running servers"
    assert run.process.poll() is None
    run.stop()

    (data / "mine.txt").write_text("not the product's")
    assert run_command("reset", DATA_DIR=str(data)).returncode == 0
    assert sorted(path.name for path in data.iterdir()) == ["lock", "mine.txt"]


def _with_psql() -> str:
    from resilience_site.embedded.place import programs

    return f"{programs()[0]}:{clean()['PATH']}"


def test_the_supervisor_imports_no_django() -> None:
    code = "import sys, resilience_site.embedded.__main__; sys.exit(any(name.split('.')[0] in ('django', 'celery') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT).returncode == 0


def test_the_procfile_names_what_serves_with_the_web_first() -> None:
    assert [service.name for service in jobs.services()] == ["web", "worker", "beat"]


def test_preparing_again_depends_on_files_and_settings_and_not_on_tests(tmp_path: Path) -> None:
    (tmp_path / "core" / "__pycache__").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "core" / "models.py").write_text("a")
    before = jobs.fingerprint({}, tmp_path)
    for ignored in ("tests/test_core.py", "core/__pycache__/models.pyc", "notes.txt"):
        (tmp_path / ignored).write_text("b")
    assert jobs.fingerprint({"COLUMNS": "80"}, tmp_path) == before
    assert jobs.fingerprint({"SECRET_KEY": "another"}, tmp_path) != before
    (tmp_path / "core" / "page.html").write_text("b")
    assert jobs.fingerprint({}, tmp_path) != before
