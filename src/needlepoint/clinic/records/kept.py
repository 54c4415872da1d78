"""What stays for good: the chain of seals, the trail, earlier details of a person, pictures, and lawful deletions."""

import uuid

from django.db import models

from needlepoint.clinic.records.organisation import Member
from needlepoint.clinic.records.people import Person, Visit
from needlepoint.clinic.records.scope import OfOrganisation


class Seal(OfOrganisation):
    """A link of the chain of one organisation: the hash of what is sealed and of the seal before. See ``seal.py``."""

    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=12)
    subject = models.UUIDField()
    content_sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta(OfOrganisation.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="one_chain"),
            models.UniqueConstraint(fields=["organisation", "previous_sha256"], name="no_fork"),
            models.UniqueConstraint(fields=["organisation", "kind", "subject"], name="sealed_once"),
        ]


class AuditEntry(OfOrganisation):
    """Who saw or changed what of whom, when, and from where."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    who = models.CharField(max_length=200)
    person = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    changed = models.BooleanField(default=False)
    where = models.CharField(max_length=60)

    class Meta(OfOrganisation.Meta):
        indexes = [
            models.Index(fields=["person", "number"], name="trail_of_person"),
            models.Index(fields=["organisation", "number"], name="trail_of_organisation"),
        ]


class PersonChange(OfOrganisation):
    """The details of a person as they were before a change."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class Attachment(OfOrganisation):
    """A photo, an ultrasound picture or a document of a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(
        max_length=12, choices=[("photo", "photo"), ("ultrasound", "ultrasound picture"), ("document", "document")]
    )
    title = models.CharField(max_length=200)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class AttachmentContent(OfOrganisation):
    """Its bytes, apart, so that a list of attachments stays small."""

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="content")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()


class Deletion(OfOrganisation):
    """A person's record was deleted lawfully: when, by whom, why. The reason stays; only its presence lets the database delete."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.UUIDField()
    reason = models.TextField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    counts = models.JSONField(default=dict)

    class Meta(OfOrganisation.Meta):
        indexes = [models.Index(fields=["person"], name="deletion_of_person")]
