"""The pages of this room: hand out a whole record, delete one lawfully."""

from django.urls import URLPattern, path

from needlepoint.clinic.keep.pages.delete import delete_person
from needlepoint.clinic.keep.pages.record import person_record

urls: list[URLPattern] = [
    path("people/<uuid:id_>/record/", person_record, name="person-record"),
    path("people/<uuid:id_>/delete/", delete_person, name="delete-person"),
]
