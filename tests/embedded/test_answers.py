"""What a person reads when a start cannot go on: one sentence, and an exit code that is not 0."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from resilience_site.embedded import environment, place, processes
from resilience_site.embedded.problems import Problem
from resilience_site.embedded.processes import Signals
from resilience_site.embedded.supervisor import Supervisor
from tests.embedded.running import run_command


def sentence(**settings: str) -> str:
    answer = run_command("run", **settings)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert answer.stderr.count("\n") == 1 and "Traceback" not in answer.stderr
    return answer.stderr.strip()


def test_a_port_in_use(data: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert sentence(DATA_DIR=str(data), PORT=str(port)) == (
            f"Port {port} on 127.0.0.1 is in use: stop the program that uses it, or take another with PORT={port + 1}."
        )
    assert not (data / "postgres").exists(), "nothing was begun"


def test_a_data_folder_that_cannot_be_written(data: Path) -> None:
    data.write_text("a file where the folder should be")
    assert sentence(DATA_DIR=str(data / "below")).startswith(f"DATA_DIR {data / 'below'} cannot be written (")


def test_a_data_folder_too_long_for_a_socket(data: Path) -> None:
    just_right = data / ("x" * (place.LONGEST - len(os.fsencode(data)) - 1))
    too_long = data / ("é" * 50)
    assert "bytes, too many for a socket: choose one of at most 88" in sentence(DATA_DIR=str(too_long))
    answer = run_command("exec", "--", "true", DATA_DIR=str(just_right))
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("port", ["0", "65536", "eight", "-1", "８０"])
def test_a_port_that_is_none(port: str) -> None:
    with pytest.raises(Problem, match="is not a port"):
        environment.wishes({"PORT": port})


def test_a_host_that_is_not_here(data: Path) -> None:
    assert "cannot listen on 192.0.2.1" in sentence(DATA_DIR=str(data), HOST="192.0.2.1", PORT=str(place.free_port()))
    assert "is not an address of this machine" in sentence(DATA_DIR=str(data), HOST="no such host", PORT=str(place.free_port()))


def test_a_database_without_its_owners_login() -> None:
    assert "DATABASE_OWNER_URL is not" in sentence(DATABASE_URL="postgresql://app_web@db.example/resilience")


def test_servers_of_the_operators_own_are_used_and_none_started(data: Path) -> None:
    theirs = {
        "DATABASE_URL": "postgresql://app_web@db.example/r",
        "DATABASE_OWNER_URL": "postgresql://app_owner@db.example/r",
        "REDIS_URL": "redis://queue.example",
    }
    answer = run_command("exec", "--", "sh", "-c", 'echo "$DATABASE_URL $REDIS_URL ${DEMO-unset}"', DATA_DIR=str(data), **theirs)
    assert answer.stdout == "postgresql://app_web@db.example/r redis://queue.example unset\n", "and no demo sign-ins in their database"
    assert not (data / "postgres").exists() and not (data / "valkey").exists()


def test_addresses_when_listening_everywhere(data: Path) -> None:
    here = place.choose(str(data))
    env = environment.for_children(here, environment.wishes({"HOST": "0.0.0.0", "PORT": "8123"}), {})
    assert env["BASE_URL"] == "http://127.0.0.1:8123" and socket.gethostname() in env["ALLOWED_HOSTS"].split(",")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the servers as somebody else")
def test_a_data_folder_that_the_servers_user_cannot_reach(data: Path) -> None:
    data.mkdir(mode=0o700)
    assert "cannot be reached by the user resilience" in sentence(DATA_DIR=str(data / "below"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the servers as somebody else")
def test_a_project_that_the_servers_user_cannot_reach_gets_another_data_folder(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data.mkdir(mode=0o700)
    monkeypatch.setattr(place, "PROJECT", data)
    said: list[str] = []
    here = place.choose("", say=said.append)
    try:
        assert here.root.parent == Path("/var/lib") and here.root.name.startswith("resilience-")
        assert said == [f"The servers run as the user resilience, who cannot reach {data}; the data is in {here.root}."]
    finally:
        place.remove(here)


@pytest.mark.full
@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the servers as somebody else")
def test_programs_that_the_servers_user_cannot_reach_are_copied_and_run(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data.mkdir(mode=0o711)
    data.chmod(0o711)
    monkeypatch.setattr(place, "FOR_EVERYBODY", data)
    monkeypatch.setattr(place, "_can_run", lambda account, program: data in program.parents)
    here = place.throw_away()
    assert data in here.postgres_bin.parents and data in here.valkey_server.parents
    with Supervisor(here, environment.wishes({}), Signals()) as supervisor:
        supervisor.start_servers(test=True)
    place.remove(here)


def test_the_sweep_ends_only_what_carries_the_marker(data: Path) -> None:
    with_marker = subprocess.Popen(["sleep", "60"], env={processes.MARKER: str(data)})
    longer_marker = subprocess.Popen(["sleep", "60"], env={processes.MARKER: f"{data}-other"})
    without = subprocess.Popen(["sleep", "60"])
    try:
        assert processes.sweep(str(data), grace=5) == 1
        assert with_marker.wait(5) < 0
        assert longer_marker.poll() is None and without.poll() is None
    finally:
        for process in (with_marker, longer_marker, without):
            process.kill()
            process.wait()
