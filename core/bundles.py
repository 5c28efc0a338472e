"""Static files that a page always needs together, served as one: on a slow line each file costs a way there and back.

`collectstatic` writes the bundles beside their parts, and they are hashed and compressed like these. Where nothing was collected (tests) the parts are linked.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENT = re.compile(r"/\*.*?\*/", re.S)
# A bundle stands in the folder of its parts, so that what they point at is found from there.
BUNDLES: dict[str, tuple[str, ...]] = {
    "css/portal-all.css": ("css/tokens.css", "css/base.css", "css/portal.css", "css/stay.css", "css/portal-parts.css"),
    "js/portal-all.js": ("js/exit.js", "js/bfcache.js", "js/double.js"),
}


def joined(name: str, folder: Path) -> str:
    """The parts one after the other: styles in the order they are linked in, each script in a block of its own, so that no name meets another's."""
    texts = [(folder / part).read_text("utf-8") for part in BUNDLES[name]]
    if name.endswith(".js"):
        return "\n".join(f"{{\n{text}}}" for text in texts)
    lines = [line.strip() for text in texts for line in COMMENT.sub("", text).splitlines()]
    return "\n".join(line for line in lines if line)


def files_of(name: str) -> tuple[str, ...]:
    """The addresses to link: the bundle's, or those of its parts where nothing is collected."""
    bundled = isinstance(staticfiles_storage, BundledStorage) or isinstance(getattr(staticfiles_storage, "_wrapped", None), BundledStorage)
    return tuple(staticfiles_storage.url(one) for one in ((name,) if bundled else BUNDLES[name]))


class BundledStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name in BUNDLES:
                Path(self.path(name)).write_text(joined(name, Path(self.location)), "utf-8")
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)
