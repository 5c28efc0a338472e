"""Addresses of this app."""

from django.urls import path

from clients.views import contact, emergency, importing, office, people, portal_access, story, team
from clients.views.invitation import invitation

app_name = "clients"
urlpatterns = [
    path("invite/<str:token>/", invitation, name="invitation"),
    path("clients/new/", contact.add, name="add"),
    path("clients/<uuid:client_id>/contact/", contact.contact, name="contact"),
    path("clients/<uuid:client_id>/story/", story.story, name="story"),
    path("clients/<uuid:client_id>/team/", team.team, name="team"),
    path("clients/<uuid:client_id>/team/<uuid:assignment_id>/end/", team.end_care, name="end_care"),
    path("clients/<uuid:client_id>/portal/", portal_access.portal_access, name="portal"),
    path("clients/<uuid:client_id>/portal/withdraw/", portal_access.withdraw, name="withdraw_invitation"),
    path("clinic/emergency/", emergency.emergency, name="emergency"),
    path("clinic/emergency/<uuid:assignment_id>/end/", emergency.end_emergency, name="end_emergency"),
    path("clinic/people/", people.people, name="people"),
    path("clinic/people/import/", importing.import_page, name="import"),
    path("clinic/people/import/template/", importing.import_template, name="import_template"),
    path("clinic/people/invitations/<uuid:invitation_id>/again/", people.invite_again, name="invite_again"),
    path("clinic/people/invitations/<uuid:invitation_id>/withdraw/", people.withdraw_staff, name="withdraw_staff"),
    path("clinic/people/roles/<uuid:membership_id>/", people.change_role, name="change_role"),
    path("clinic/people/care/", office.care, name="care"),
    path("clinic/people/care/<uuid:assignment_id>/end/", office.stop_stretch, name="stop_stretch"),
    path("clinic/people/<uuid:user_id>/", office.member, name="member"),
    path("clinic/people/<uuid:user_id>/deactivate/", office.deactivate, name="deactivate"),
    path("clinic/people/<uuid:user_id>/clients/", office.handover, name="handover"),
    path("clinic/people/<uuid:user_id>/cover/", office.cover, name="cover"),
    path("clinic/people/<uuid:user_id>/supervision/<uuid:supervision_id>/end/", office.stop_supervision, name="stop_supervision"),
]
