"""What the directory is sorted by: needs, and those kinds of resource that are services, groups or places."""

from functools import lru_cache

import yaml

from strengths.content import DATA, resource_kinds

KINDS = ("community_service", "group", "faith", "place", "nature", "activity", "online", "professional")


@lru_cache(maxsize=1)
def needs() -> dict[str, str]:
    return {need["key"]: need["name"] for need in yaml.safe_load((DATA / "needs.yaml").read_text("utf-8"))["needs"]}


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    names = {kind.key: kind.name for kind in resource_kinds()}
    return {key: names[key] for key in KINDS}
