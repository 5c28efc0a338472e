"""Addresses of the client's own pages. None carries a client's id: the client is the signed-in person's own record."""

from django.urls import path

from portal.views.homework import homework, not_today
from portal.views.me import me, privacy
from portal.views.player import player
from portal.views.practise import practise, practise_exercise
from portal.views.progress import life_event, life_event_back, progress
from portal.views.replies import replies
from portal.views.sharing import sharing
from portal.views.talk import talk
from portal.views.thoughts import keep_thought
from portal.views.today import check_in, letter_away, today

app_name = "portal"
urlpatterns = [
    path("portal/", today, name="today"),
    path("portal/letter/<uuid:note_id>/away/", letter_away, name="letter_away"),
    path("portal/check-in/", check_in, name="check_in"),
    path("portal/homework/<uuid:assignment_id>/", homework, name="homework"),
    path("portal/homework/<uuid:assignment_id>/not-today/", not_today, name="not_today"),
    path("portal/practise/", practise, name="practise"),
    path("portal/practise/<slug:key>/", practise_exercise, name="practise_exercise"),
    path("portal/run/<uuid:run_id>/", player, name="player"),
    path("portal/run/<uuid:run_id>/sharing/", sharing, name="sharing"),
    path("portal/thoughts/<uuid:record_id>/plan/", keep_thought, name="keep_thought"),
    path("portal/me/", me, name="me"),
    path("portal/replies/", replies, name="replies"),
    path("portal/talk/", talk, name="talk"),
    path("portal/progress/", progress, name="progress"),
    path("portal/progress/mark/", life_event, name="life_event"),
    path("portal/progress/mark/<uuid:event_id>/back/", life_event_back, name="life_event_back"),
    path("portal/privacy/", privacy, name="privacy"),
]
