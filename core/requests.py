"""The request as every view gets it, gated or not."""

from django.http import HttpRequest


class NumberedRequest(HttpRequest):
    """`request_id` is what its log lines, its rows on the trail and a page that says something broke have in common.

    `kept_at` is set where a form broke and its text was kept: the address that gives it back.
    """

    request_id: str
    kept_at: str


def request_id(request: HttpRequest) -> str:
    """Empty for a request that core.middleware has not seen."""
    return getattr(request, "request_id", "")
