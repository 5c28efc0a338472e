"""A data folder with a path short enough for a socket, and nothing left running in it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from resilience_site.embedded.processes import sweep


@pytest.fixture
def data() -> Iterator[Path]:
    parent = Path(tempfile.mkdtemp(prefix="embedded-", dir="/tmp")).resolve()
    parent.chmod(0o711)
    folder = parent / "data"
    yield folder
    sweep(str(folder), grace=0)
    shutil.rmtree(parent)
