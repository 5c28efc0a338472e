"""Addresses of the desk."""

from django.urls import path

from dashboard.views.assign import assign
from dashboard.views.audit import trail
from dashboard.views.care import care, care_summary
from dashboard.views.caseload import caseload_page, supervision_page
from dashboard.views.clinic import clinic_review
from dashboard.views.homework import homework
from dashboard.views.own import own_adapt, own_edit, own_preview, own_retire, own_write
from dashboard.views.paper_back import paper_back, paper_sheet
from dashboard.views.plans import plans
from dashboard.views.record import record, timeline_page
from dashboard.views.reply import reply, reply_back
from dashboard.views.session_log import session_autosave, session_log, session_new
from dashboard.views.settings import settings_page
from dashboard.views.styleguide import styleguide
from dashboard.views.talk import talk, talk_add, talk_off, talk_talked

app_name = "dashboard"
urlpatterns = [
    path("styleguide/", styleguide, name="styleguide"),
    path("styleguide/<str:side>/", styleguide, name="styleguide_side"),
    path("caseload/", caseload_page, name="caseload"),
    path("supervision/", supervision_page, name="supervision"),
    path("clinic/", clinic_review, name="clinic"),
    path("clinic/settings/", settings_page, name="settings"),
    path("clinic/audit/", trail, name="trail"),
    path("library/own/write/", own_write, name="own_write"),
    path("library/own/preview/", own_preview, name="own_preview"),
    path("library/own/<slug:key>/adapt/", own_adapt, name="own_adapt"),
    path("library/own/<slug:key>/edit/", own_edit, name="own_edit"),
    path("library/own/<slug:key>/retire/", own_retire, name="own_retire"),
    path("homework/paper/", paper_back, name="paper_back"),
    path("clients/<uuid:client_id>/homework/paper/<slug:code>/", paper_sheet, name="paper_sheet"),
    path("clients/<uuid:client_id>/", record, name="record"),
    path("clients/<uuid:client_id>/timeline/", timeline_page, name="timeline"),
    path("clients/<uuid:client_id>/plans/", plans, name="plans"),
    path("clients/<uuid:client_id>/care/", care, name="care"),
    path("clients/<uuid:client_id>/care/summary/", care_summary, name="care_summary"),
    path("clients/<uuid:client_id>/homework/", homework, name="homework"),
    path("clients/<uuid:client_id>/talk/", talk, name="talk"),
    path("clients/<uuid:client_id>/talk/add/", talk_add, name="talk_add"),
    path("clients/<uuid:client_id>/talk/talked/", talk_talked, name="talk_talked"),
    path("clients/<uuid:client_id>/talk/<uuid:item_id>/off/", talk_off, name="talk_off"),
    path("clients/<uuid:client_id>/reply/<uuid:source_id>/", reply, name="reply"),
    path("clients/<uuid:client_id>/reply/<uuid:source_id>/<uuid:reply_id>/back/", reply_back, name="reply_back"),
    path("clients/<uuid:client_id>/homework/assign/", assign, name="assign"),
    path("clients/<uuid:client_id>/sessions/new/", session_new, name="session_new"),
    path("clients/<uuid:client_id>/sessions/<uuid:session_id>/log/", session_log, name="session_log"),
    path("clients/<uuid:client_id>/sessions/<uuid:session_id>/autosave/", session_autosave, name="session_autosave"),
]
