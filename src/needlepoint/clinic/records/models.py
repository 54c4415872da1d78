"""All records, gathered for Django; each idea has its own file."""

from needlepoint.clinic.records.kept import Attachment, AttachmentContent, AuditEntry, Deletion, PersonChange, Seal
from needlepoint.clinic.records.organisation import Clinic, Member, NeedleLot, NoteTemplate, Organisation, StockChange
from needlepoint.clinic.records.people import CheckIn, Course, Person, PrivateLink, Visit
from needlepoint.clinic.records.session import AdverseEvent, Insertion, MonthCount, Reaction, Session
from needlepoint.clinic.records.signed import Addendum, Consent, Note
from needlepoint.clinic.records.written import Conclusion, Entry

__all__ = [
    "AdverseEvent",
    "Addendum",
    "Attachment",
    "AttachmentContent",
    "AuditEntry",
    "CheckIn",
    "Clinic",
    "Conclusion",
    "Consent",
    "Course",
    "Deletion",
    "Entry",
    "Insertion",
    "Member",
    "MonthCount",
    "NeedleLot",
    "Note",
    "NoteTemplate",
    "Organisation",
    "Person",
    "PersonChange",
    "PrivateLink",
    "Reaction",
    "Seal",
    "Session",
    "StockChange",
    "Visit",
]
