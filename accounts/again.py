"""Who are you, once more? Asked before something grave when the sign-in is older than five minutes; allauth's page asks it."""

import time
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from accounts.adapter import JUST
from accounts.sessions import SINCE


def signed_in_lately(request: HttpRequest) -> bool:
    """Signed in, or asked again, within the last five minutes. Reads the session alone, so that it works inside a gate too."""
    again = [record["at"] for record in get_authentication_records(request, request.user) if record.get("reauthenticated")]
    return time.time() - max([float(request.session.get(SINCE, 0)), *again]) < JUST


def ask_again(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that asks for the password, a code or a passkey, and back here."""
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
