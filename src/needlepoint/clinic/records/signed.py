"""What was signed: consents, notes and addenda. The database refuses every change of these."""

import uuid

from django.db import models

from needlepoint.clinic.records.kept import Seal
from needlepoint.clinic.records.organisation import Clinic, Member
from needlepoint.clinic.records.people import Person, PrivateLink, Visit
from needlepoint.clinic.records.scope import OfOrganisation


class Consent(OfOrganisation):
    """A person agreed, or did not, to these words for these places. A changed plan has another hash and needs another consent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="consents")
    agreed = models.BooleanField()
    name = models.CharField(max_length=200)
    wording = models.JSONField()
    wording_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    link = models.ForeignKey(PrivateLink, on_delete=models.PROTECT, null=True, related_name="+")
    witness = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")


def last_words(visit: Visit) -> "models.QuerySet[Consent]":
    """What was said about this visit, the last first: in the order of the seals, since a clock may go back."""
    return Consent.objects.filter(visit=visit).order_by("-seal__number")


class Note(OfOrganisation):
    """The signed note of one visit: everything that was written, concluded and done, as one text with its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="note")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    signed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=200)
    signed_at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")


class Addendum(OfOrganisation):
    """A correction or a later word beside a signed note."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="+")
