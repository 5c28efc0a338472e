"""The session of a request: whether a person pressed for it, on what device, and what happens when it is ended meanwhile."""

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from accounts.sessions import ON_ITS_OWN, SessionStore

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)  # the first that fits: they imitate each other
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))


def device_of(agent: str) -> str:
    """Browser and system in a few words, so that a person knows her own again; empty when it says nothing."""
    found = [next((name for sign, name in signs if sign in agent), "") for signs in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name)


class BrowserSessionMiddleware(SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        session = request.session
        assert isinstance(session, SessionStore)
        session.by_hand = not any(name in request.headers for name in ON_ITS_OWN)
        session.device = device_of(request.headers.get("User-Agent", ""))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Whoever was signed out while the answer was made still gets it: it was hers. The next page is the sign-in."""
        try:
            return super().process_response(request, response)
        except SessionInterrupted:
            response.delete_cookie(settings.SESSION_COOKIE_NAME, path=settings.SESSION_COOKIE_PATH, samesite="Lax")
            return response
