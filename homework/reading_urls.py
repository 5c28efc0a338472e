"""Addresses of what there is to read, both sides. Where an address is about somebody a text is a number, which names no feeling."""

from django.urls import path

from homework import portal_views as mine
from homework.views import reading as desk

app_name = "reading"
CLIENT = "clients/<uuid:client_id>/homework/reading/"
MINE = "portal/reading/"
urlpatterns = [
    path("library/reading/", desk.shelf, name="library"),
    path("library/reading/<slug:text_key>/", desk.text, name="library_text"),
    path("library/reading/<slug:text_key>/paper/", desk.paper, name="paper"),
    path(CLIENT, desk.choose, name="choose"),
    path(f"{CLIENT}<uuid:given_id>/back/", desk.back, name="back"),
    path(f"{CLIENT}<int:number>/", desk.give, name="give"),
    path(MINE, mine.reading, name="mine"),
    path(f"{MINE}<int:number>/", mine.text, name="text"),
    path(f"{MINE}<int:number>/read/", mine.read, name="read"),
    path(f"{MINE}noted/<uuid:note_id>/", mine.note, name="note"),
    path(f"{MINE}noted/<uuid:note_id>/back/", mine.note_back, name="note_back"),
]
