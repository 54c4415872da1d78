"""Who treats, where, and with which needles."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from needlepoint.clinic.records.scope import OfOrganisation


class Role(models.TextChoices):
    """What a member is. What each may do stands in ``access.rights``."""

    OWNER = "owner", _("owner")
    CLINICIAN = "clinician", _("clinician")
    ASSISTANT = "assistant", _("assistant")
    READER = "reader", _("reader")
    AUDITOR = "auditor", _("auditor")


class Organisation(models.Model):
    """A practice, a chain of clinics, a team: the wall goes around it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Clinic(OfOrganisation):
    """One place of an organisation where people are treated."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Member(OfOrganisation):
    """Somebody who works here. A user has one membership; who left is kept, inactive."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=12, choices=Role.choices)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class NeedleLot(OfOrganisation):
    """A batch of needles: a recall finds everyone it touched. ``received`` counts needles."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    maker = models.CharField(max_length=100)
    number = models.CharField(max_length=60)
    length_mm = models.FloatField()
    diameter_mm = models.FloatField()
    expires_on = models.DateField(null=True, blank=True)
    received = models.PositiveIntegerField(default=0)
    recalled = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(OfOrganisation.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "clinic", "maker", "number", "length_mm", "diameter_mm"], name="one_lot"
            )
        ]


class StockChange(OfOrganisation):
    """Needles that came or went without a session: delivered, thrown away, counted anew. Never changed."""

    lot = models.ForeignKey(NeedleLot, on_delete=models.PROTECT, related_name="changes")
    needles = models.IntegerField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class NoteTemplate(OfOrganisation):
    """Words that a clinic writes often."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    text = models.TextField()
