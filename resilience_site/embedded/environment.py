"""What the processes of the product are told, and what the operator told us."""

import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from resilience_site.embedded import postgres, valkey
from resilience_site.embedded.place import Place
from resilience_site.embedded.problems import Problem
from resilience_site.embedded.processes import MARKER

EVERYWHERE = ("0.0.0.0", "::")
DECIDED = frozenset(
    "DATABASE_URL DATABASE_OWNER_URL REDIS_URL SECRET_KEY DATA_DIR STATIC_ROOT MAIL_DIR BASE_URL ALLOWED_HOSTS INSECURE_HTTP HOST PORT DEMO EMAIL_URL".split()
)


@dataclass(frozen=True)
class Wishes:
    """The operator's settings: where to listen, where the data lies, and which servers are not ours to start."""

    host: str
    port: int
    data_dir: str
    own_database: bool
    own_queue: bool

    @property
    def needs_servers(self) -> bool:
        return not (self.own_database and self.own_queue)

    @property
    def address(self) -> str:
        """The host to put into an address; a server that listens everywhere is reached on this machine."""
        host = "127.0.0.1" if self.host in EVERYWHERE else self.host
        return f"[{host}]" if ":" in host else host

    @property
    def base_url(self) -> str:
        return f"http://{self.address}:{self.port}"


def wishes(given: Mapping[str, str]) -> Wishes:
    """Read HOST, PORT, DATA_DIR, DATABASE_URL and REDIS_URL; an empty one counts as not given."""
    port = given.get("PORT") or "8000"
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise Problem(f"PORT {port!r} is not a port: give a number from 1 to 65535.")
    if given.get("DATABASE_URL") and not given.get("DATABASE_OWNER_URL"):
        raise Problem("DATABASE_URL is set but DATABASE_OWNER_URL is not: give the login of app_owner too, the tables are made with it.")
    return Wishes(
        host=given.get("HOST") or "127.0.0.1",
        port=int(port),
        data_dir=given.get("DATA_DIR") or "",
        own_database=bool(given.get("DATABASE_URL")),
        own_queue=bool(given.get("REDIS_URL")),
    )


def for_children(place: Place, wish: Wishes, given: Mapping[str, str], *, test: bool = False) -> dict[str, str]:
    """The whole environment of a process of the product. What the operator set stays, except where the servers are ours."""
    env = {name: value for name, value in given.items() if value}
    env["PATH"] = f"{Path(sys.executable).parent}:{env.get('PATH', '/usr/bin:/bin')}"
    env[MARKER] = place.marker
    env["PYTHONUNBUFFERED"] = "1"
    env.update(HOST=wish.host, PORT=str(wish.port), DATA_DIR=str(place.root))
    if not wish.own_database:
        env["DATABASE_URL"] = postgres.url(place, "app_test" if test else "app_web")
        env["DATABASE_OWNER_URL"] = postgres.url(place, "app_owner")
        env.setdefault("DEMO", "true")
    if not wish.own_queue:
        env["REDIS_URL"] = valkey.url(place)
    if test:
        env["TEST_SUPERUSER_URL"] = postgres.url(place, "postgres")
    defaults = {
        "SECRET_KEY": place.secret("secret_key"),
        "STATIC_ROOT": str(place.root / "static"),
        "MAIL_DIR": str(place.root / "mail"),
        "BASE_URL": wish.base_url,
        "ALLOWED_HOSTS": ",".join(_names(wish)),
        "INSECURE_HTTP": "true",
    }
    return {**defaults, **env}


def without_owner(env: Mapping[str, str]) -> dict[str, str]:
    """For what serves: only the steps before serving may have the login that owns the tables."""
    return {name: value for name, value in env.items() if name != "DATABASE_OWNER_URL"}


def _names(wish: Wishes) -> list[str]:
    names = ["localhost", "127.0.0.1", "[::1]"]
    if wish.host in EVERYWHERE:
        names += [socket.gethostname(), *_outward_addresses()]
    elif wish.address not in names:
        names.append(wish.address)
    return names


def _outward_addresses() -> list[str]:
    """The address others see us under; connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return []
        return [probe.getsockname()[0]]


def clean(given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of a throw-away run: nothing of the operator's may decide where tests write."""
    return {name: value for name, value in given.items() if name not in DECIDED and not name.startswith("PG")}
