"""What staff are shown of a client's rows."""

from clients.models import Visibility


def seen_by(staff: bool) -> dict[str, str]:
    return {"visibility": Visibility.MY_THERAPIST} if staff else {}
