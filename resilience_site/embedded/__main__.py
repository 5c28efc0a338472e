"""The command line: run, reset, exec."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import IO

from resilience_site.embedded import environment, jobs, place, processes
from resilience_site.embedded.place import Place
from resilience_site.embedded.problems import Problem, StopAsked
from resilience_site.embedded.processes import Signals
from resilience_site.embedded.supervisor import Supervisor, check_port, say

EPILOG = "HOST, PORT, DATA_DIR, DEMO_PASSWORD, and for servers of your own DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL come from the environment."


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m resilience_site.embedded", description="The product with its own PostgreSQL and Valkey.", epilog=EPILOG)
    commands = parser.add_subparsers(dest="action", required=True)
    commands.add_parser("run", help="start everything and serve until Ctrl-C")
    commands.add_parser("reset", help="delete the data; the next run starts over")
    execute = commands.add_parser("exec", help="run one command beside the servers and return its exit code")
    execute.add_argument("--test", action="store_true", help="throw-away servers and the login app_test")
    execute.add_argument("--serve", action="store_true", help="throw-away servers and the whole product, migrated, filled and serving at BASE_URL")
    execute.add_argument("command", nargs=argparse.REMAINDER, help="after --")
    chosen = parser.parse_args(arguments)
    signals = Signals()
    signals.install()
    umask = os.umask(0o077)
    try:
        if chosen.action == "run":
            return run(signals)
        if chosen.action == "reset":
            return reset()
        command = chosen.command[1:] if chosen.command[:1] == ["--"] else chosen.command
        if not command:
            parser.error("exec needs a command after --")
        if chosen.test or chosen.serve:
            return execute_apart(command, signals, serve=chosen.serve, umask=umask)
        return execute_here(command, signals, umask=umask)
    except Problem as problem:
        _to_stderr(str(problem))
        return 1
    except StopAsked:
        return 130


def run(signals: Signals) -> int:
    wish = environment.wishes(os.environ)
    here = place.choose(wish.data_dir, say=say, servers=wish.needs_servers)
    with _held(here):
        try:
            with Supervisor(here, wish, signals) as supervisor:
                check_port(wish)
                env = environment.for_children(here, wish, os.environ)
                say(f"Starting; the data is in {here.root}.")
                supervisor.start_servers()
                lines = supervisor.prepare(env, jobs.PREPARE)
                supervisor.serve(env, jobs.services())
                say("\n".join(["", f"Ready: {wish.base_url}", *lines, f"Logs: {here.root / 'logs'}", "Ctrl-C stops everything.", ""]))
                supervisor.watch()
        except StopAsked:
            say("Stopped.")
    return 0


def reset() -> int:
    here = place.choose(os.environ.get("DATA_DIR", ""), say=say)
    with _held(here):
        processes.sweep(here.marker)
        place.empty(here)
    say(f"The data in {here.root} is deleted; the next start makes it anew.")
    return 0


def execute_apart(command: list[str], signals: Signals, *, serve: bool, umask: int) -> int:
    given = environment.clean()
    here = place.throw_away()
    wish = environment.wishes({**given, "PORT": str(place.free_port())})
    held = _held(here)
    try:
        with held, Supervisor(here, wish, signals) as supervisor:
            supervisor.start_servers(test=True)
            env = environment.for_children(here, wish, given, test=not serve)
            if serve:
                supervisor.prepare(env, jobs.PREPARE_APART)
                supervisor.serve(env, jobs.services())
            return supervisor.run_command(command, env, umask=umask)
    finally:
        place.remove(here)


def execute_here(command: list[str], signals: Signals, *, umask: int) -> int:
    wish = environment.wishes(os.environ)
    here = place.choose(wish.data_dir, say=_to_stderr, servers=wish.needs_servers)
    env = environment.for_children(here, wish, os.environ)
    # The command may do anything to the database, so the next start has to look again.
    (here.root / place.PREPARED).unlink(missing_ok=True)
    held = place.lock(here)
    if held is None:
        # `make run` is up: its servers are ours to use, not to start or stop.
        return Supervisor(here, wish, signals).run_command(command, env, umask=umask)
    with held, Supervisor(here, wish, signals) as supervisor:
        supervisor.start_servers()
        return supervisor.run_command(command, env, umask=umask)


def _to_stderr(text: str) -> None:
    say(text, sys.stderr)


def _held(here: Place) -> IO[str]:
    held = place.lock(here)
    if held is None:
        raise Problem(f"The product is already running with the data in {here.root} ({place.holder(here)}): stop that first, or choose another DATA_DIR.")
    return held


if __name__ == "__main__":
    sys.exit(main())
