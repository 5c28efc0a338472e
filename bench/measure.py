"""How something is measured: interleaved rounds in an order of chance, the processor's time of this process and of its PostgreSQL backend, medians."""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

WARM_UP = 3  # rounds that are not counted
FRAME = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "COMMIT")


@dataclass(frozen=True)
class Cost:
    """Of one call, in milliseconds: `wall` by the clock, `app` and `database` on the processor."""

    wall: float
    app: float
    database: float

    @property
    def cpu(self) -> float:
        return self.app + self.database


def once(call: Callable[[], object]) -> Cost:
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    began, app, database = time.perf_counter(), time.process_time(), backend_ms(pid)
    call()
    return Cost((time.perf_counter() - began) * 1000, (time.process_time() - app) * 1000, backend_ms(pid) - database)


def backend_ms(pid: int) -> float:
    """What the backend has had of a processor."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6


def compared(calls: dict[str, Callable[[], object]], rounds: int) -> dict[str, Cost]:
    """Medians of each; every round does all of them, so that whatever else the machine does falls on all alike."""
    taken: dict[str, list[Cost]] = {name: [] for name in calls}
    for turn in range(rounds + WARM_UP):
        for name in random.sample(list(calls), len(calls)):
            cost = once(calls[name])
            if turn >= WARM_UP:
                taken[name].append(cost)
    return {name: Cost(*(statistics.median(getattr(cost, part) for cost in costs) for part in ("wall", "app", "database"))) for name, costs in taken.items()}


def statements(call: Callable[[], object]) -> list[str]:
    """What the call asks of the database; the frame of a transaction asks nothing."""
    asked: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not str(sql).startswith(FRAME):
            asked.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        call()
    return asked


def in_sql(call: Callable[[], object]) -> Callable[[], float]:
    """The call, answering the milliseconds it spent inside the database's driver."""

    def timed() -> float:
        spent = 0.0

        def clock(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal spent
            began = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                spent += (time.perf_counter() - began) * 1000

        with connection.execute_wrapper(clock):
            call()
        return spent

    return timed


def median_of(calls: list[Callable[[], float]], rounds: int) -> list[float]:
    """Medians of what the calls answer, in interleaved rounds."""
    taken: list[list[float]] = [[] for _each in calls]
    for turn in range(rounds + WARM_UP):
        for place in random.sample(range(len(calls)), len(calls)):
            value = calls[place]()
            if turn >= WARM_UP:
                taken[place].append(value)
    return [statistics.median(values) for values in taken]
