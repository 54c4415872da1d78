"""People, their courses of care, and their visits."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from needlepoint.clinic.records.organisation import Clinic, Member
from needlepoint.clinic.records.scope import OfOrganisation


class Person(OfOrganisation):
    """Somebody who comes with a pain. What a person tells about their health lies in the entries of visits, not here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    given = models.CharField(_("given names"), max_length=100)
    family = models.CharField(_("family name"), max_length=100)
    birth_date = models.DateField(_("date of birth"))
    sex = models.CharField(
        _("sex"),
        max_length=10,
        blank=True,
        choices=[("female", _("female")), ("male", _("male")), ("other", _("other"))],
    )
    number = models.CharField(_("number in your own records"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    # Lower-case names: a search by the first letters stays quick with many people, on both databases.
    sought_family = models.CharField(max_length=210, editable=False)
    sought_given = models.CharField(max_length=210, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(OfOrganisation.Meta):
        indexes = [
            models.Index(fields=["organisation", "sought_family"], name="person_by_family"),
            models.Index(fields=["organisation", "sought_given"], name="person_by_given"),
            models.Index(fields=["organisation", "birth_date"], name="person_by_birth"),
            models.Index(fields=["organisation", "number"], name="person_by_number"),
        ]

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with the names as they are sought."""
        # Folding can lengthen a name: ß becomes ss.
        self.sought_family = f"{self.family} {self.given}".casefold()[:210]
        self.sought_given = f"{self.given} {self.family}".casefold()[:210]
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.given} {self.family}"


class Course(OfOrganisation):
    """A course of care: one complaint, visit after visit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="courses")
    complaint = models.CharField(max_length=300, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)


class Visit(OfOrganisation):
    """One visit. Its draft is its entries; once its note is signed nothing more is written into it."""

    class State(models.TextChoices):
        """How far a visit is."""

        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        SIGNED = "signed", _("signed")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="visits")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    clinician = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    # What the list of today shows at a glance; renewed whenever something is written.
    level = models.CharField(max_length=6, blank=True)
    complete = models.BooleanField(default=False)
    head = models.BigIntegerField(default=0)
    needles_in = models.PositiveSmallIntegerField(default=0)
    serious = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(OfOrganisation.Meta):
        indexes = [
            models.Index(fields=["organisation", "clinic", "on"], name="visit_by_day"),
            models.Index(fields=["organisation", "state", "clinic", "on"], name="visit_by_state"),
            models.Index(fields=["person", "on"], name="visit_by_person"),
            # Nearly all visits are signed: an index over all of them would be thought of no use for those that are not.
            models.Index(fields=["organisation", "on"], name="visit_drafts", condition=models.Q(state="open")),
            models.Index(
                fields=["organisation", "planned_at"], name="visit_needles_in", condition=models.Q(needles_in__gt=0)
            ),
        ]


class PrivateLink(OfOrganisation):
    """A way in for one person without a password. Only the hash of the secret is kept; the birth date is asked before anything is shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    secret_sha256 = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)


class CheckIn(OfOrganisation):
    """How is it going, asked some days after a visit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="check_ins")
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=dict)
    needs_look = models.BooleanField(default=False)
    looked_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta(OfOrganisation.Meta):
        indexes = [
            models.Index(
                fields=["organisation", "due_on"],
                name="check_in_to_look_at",
                condition=models.Q(needs_look=True, looked_at=None),
            )
        ]
