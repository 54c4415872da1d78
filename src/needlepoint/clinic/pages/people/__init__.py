"""The pages ``people`` and ``person``: who comes here, and one person's course over time."""

from django.urls import URLPattern, path

from needlepoint.clinic.pages.people.details import edit_person, new_person
from needlepoint.clinic.pages.people.documents import attachment, attachments
from needlepoint.clinic.pages.people.everybody import people
from needlepoint.clinic.pages.people.person import person, person_trail
from needlepoint.clinic.pages.people.visits import cancel_visit, new_visit

urls: list[URLPattern] = [
    path("people/", people, name="people"),
    path("people/new/", new_person, name="new-person"),
    path("people/<uuid:id_>/", person, name="person"),
    path("people/<uuid:id_>/edit/", edit_person, name="edit-person"),
    path("people/<uuid:id_>/visits/new/", new_visit, name="new-visit"),
    path("people/<uuid:id_>/trail/", person_trail, name="person-trail"),
    path("people/<uuid:id_>/documents/", attachments, name="attachments"),
    path("documents/<uuid:id_>/", attachment, name="attachment"),
    path("visits/<uuid:id_>/cancel/", cancel_visit, name="cancel-visit"),
]
