"""What was done, as rows that can be counted: made once, when the note is signed, from the entries."""

import uuid

from django.db import models

from needlepoint.clinic.records.organisation import Clinic, Member, NeedleLot
from needlepoint.clinic.records.people import Person, Visit
from needlepoint.clinic.records.scope import OfOrganisation


class Session(OfOrganisation):
    """One treatment, needles in to needles out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="session")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    clinician = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    insertions = models.PositiveSmallIntegerField(default=0)
    twitches = models.PositiveSmallIntegerField(default=0)
    pain_before = models.PositiveSmallIntegerField(null=True)
    pain_after = models.PositiveSmallIntegerField(null=True)
    not_done = models.CharField(max_length=300, blank=True)

    class Meta(OfOrganisation.Meta):
        indexes = [
            models.Index(fields=["organisation", "on"], name="session_by_day"),
            models.Index(fields=["person", "on"], name="session_by_person"),
        ]


class Insertion(OfOrganisation):
    """One needle into one muscle."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="needles")
    clinician = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    muscle = models.CharField(max_length=60)
    side = models.CharField(max_length=8)
    length_mm = models.FloatField()
    diameter_mm = models.FloatField()
    lot = models.ForeignKey(NeedleLot, on_delete=models.PROTECT, null=True, related_name="+")
    in_at = models.DateTimeField()
    out_at = models.DateTimeField(null=True)
    twitches = models.PositiveSmallIntegerField(default=0)

    class Meta(OfOrganisation.Meta):
        indexes = [
            models.Index(fields=["organisation", "on", "muscle"], name="insertions_by_muscle"),
            models.Index(
                fields=["lot", "organisation"], name="insertions_by_lot", condition=models.Q(lot__isnull=False)
            ),
        ]


class Reaction(OfOrganisation):
    """An expected reaction; no adverse event."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="reactions")
    kind = models.CharField(max_length=60)
    muscle = models.CharField(max_length=60, blank=True)
    side = models.CharField(max_length=8, blank=True)


class AdverseEvent(OfOrganisation):
    """Something went wrong: graded, tied to muscle, side and needle where these are known. It may come to light after the note is signed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="events")
    clinician = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=60)
    grade = models.CharField(
        max_length=12, choices=[("mild", "mild"), ("significant", "significant"), ("serious", "serious")]
    )
    muscle = models.CharField(max_length=60, blank=True)
    side = models.CharField(max_length=8, blank=True)
    insertion = models.ForeignKey(Insertion, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    steps = models.JSONField(default=list)
    reported_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(auto_now_add=True)

    class Meta(OfOrganisation.Meta):
        indexes = [models.Index(fields=["organisation", "on"], name="events_by_day")]


class MonthCount(OfOrganisation):
    """How much was done in one month, kept as it is signed, so that the lead's page need not count every needle anew.

    ``muscle`` empty: the sessions with at least one needle and all their insertions; else the insertions into that muscle. See ``counting.py``.
    """

    month = models.DateField()
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    clinician = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    muscle = models.CharField(max_length=60, blank=True)
    sessions = models.PositiveIntegerField(default=0)
    insertions = models.PositiveIntegerField(default=0)

    class Meta(OfOrganisation.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "month", "clinic", "clinician", "muscle"], name="one_count_a_month"
            )
        ]
