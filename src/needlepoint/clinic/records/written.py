"""What is written down during a visit, and what was concluded from it."""

import uuid

from django.db import models

from needlepoint.clinic.records.organisation import Member
from needlepoint.clinic.records.people import Person, PrivateLink, Visit
from needlepoint.clinic.records.scope import OfOrganisation


class Entry(OfOrganisation):
    """One thing that was written, with its writer. Never changed: the state of a visit is what its entries add up to.

    The device makes ``id``, so that sending twice keeps once. The database refuses every change, and every entry after the note is signed.
    """

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    body = models.JSONField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    link = models.ForeignKey(PrivateLink, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    device = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta(OfOrganisation.Meta):
        indexes = [models.Index(fields=["visit", "number"], name="entries_of_visit")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by__isnull=False) | models.Q(link__isnull=False), name="an_entry_has_a_writer"
            )
        ]


class Conclusion(OfOrganisation):
    """What the core concluded (clearance, ranking, plan) from the entries up to ``head`` with one release of the knowledge, whole."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="conclusions")
    kind = models.CharField(max_length=12)
    head = models.BigIntegerField()
    knowledge_sha256 = models.CharField(max_length=64)
    body = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta(OfOrganisation.Meta):
        constraints = [
            models.UniqueConstraint(fields=["visit", "kind", "head", "knowledge_sha256"], name="one_conclusion")
        ]
