"""Private links: a way in for one person to one visit, without a password.

A link is ``/p/<token>/``. The token holds the organisation, the link and a secret of 16 random bytes; of the secret only the SHA-256 is kept. Before
anything is shown the date of birth is asked, and five wrong ones lock the link. What is unknown, too old, taken back or locked is answered alike.
"""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum, auto
from uuid import UUID

from django.db import transaction

from needlepoint.clinic.records.models import Member, PrivateLink, Visit
from needlepoint.clinic.records.scope import within

#: How long a link works, in days: our own choice. A visit is prepared within a week, and both check-ins come within the next.
DAYS = 14
#: After so many wrong dates of birth a link is locked: our own choice. Two of them are slips of a hand, five are guesses.
MOST_WRONG = 5
_SECRET_BYTES = 16
_TOKEN_BYTES = 16 + 16 + _SECRET_BYTES


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says, true or not."""

    organisation: UUID
    link: UUID
    secret: bytes

    def __repr__(self) -> str:
        return "Token(…)"

    @property
    def text(self) -> str:
        """As it stands in the address."""
        return base64.urlsafe_b64encode(self.organisation.bytes + self.link.bytes + self.secret).decode()


class Tried(Enum):
    """What came of a date of birth."""

    RIGHT = auto()
    WRONG = auto()
    #: It was wrong, and the last one: the link is locked from now on.
    LOCKED = auto()
    CLOSED = auto()


def read_token(text: str) -> Token | None:
    """The token with this text; ``None`` when it is none."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    if len(raw) != _TOKEN_BYTES:
        return None
    return Token(UUID(bytes=raw[:16]), UUID(bytes=raw[16:32]), raw[32:])


def make_link(visit: Visit, by: Member, now: datetime) -> tuple[PrivateLink, str]:
    """A new link to this visit, and its token, which is told this once and kept nowhere."""
    secret = secrets.token_bytes(_SECRET_BYTES)
    link = PrivateLink.objects.create(
        person_id=visit.person_id,
        visit=visit,
        secret_sha256=_hash(secret),
        expires_at=now + timedelta(days=DAYS),
        made_by=by,
    )
    return link, Token(link.organisation_id, link.pk, secret).text


def withdraw(link: PrivateLink, now: datetime) -> None:
    """From now on nobody comes in by this link; who is in by it is out."""
    PrivateLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=now)


def is_open(link: PrivateLink, now: datetime) -> bool:
    """Does this link still work?"""
    return link.withdrawn_at is None and link.expires_at > now and link.wrong_tries < MOST_WRONG


def works(token: Token | None, now: datetime) -> bool:
    """Does this token open anything? It is looked for in its own organisation only."""
    if token is None:
        return False
    with within(token.organisation):
        link = PrivateLink.objects.filter(pk=token.link).first()
        return _fits(link, token) and link is not None and is_open(link, now)


def try_birth_date(token: Token, told: date, now: datetime) -> Tried:
    """Is this the date of birth of the person whose link it is? A wrong one is counted, however many ask at once."""
    with within(token.organisation), transaction.atomic():
        # The row is held: of two guesses at once, the second sees the count of the first.
        link = (
            PrivateLink.objects.select_for_update(of=("self",)).select_related("person").filter(pk=token.link).first()
        )
        if not _fits(link, token) or link is None or not is_open(link, now):
            return Tried.CLOSED
        if not secrets.compare_digest(link.person.birth_date.isoformat(), told.isoformat()):
            link.wrong_tries += 1
            link.save(update_fields=["wrong_tries"])
            return Tried.LOCKED if link.wrong_tries >= MOST_WRONG else Tried.WRONG
        link.wrong_tries = 0
        link.last_used_at = now
        link.save(update_fields=["wrong_tries", "last_used_at"])
        return Tried.RIGHT


def _fits(link: PrivateLink | None, token: Token) -> bool:
    """Is the secret the right one? A link that is not there takes as long as one with another secret."""
    kept = link.secret_sha256 if link is not None else "0" * 64
    return secrets.compare_digest(kept, _hash(token.secret)) and link is not None


def _hash(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()


def now_utc() -> datetime:
    """The moment of asking."""
    return datetime.now(UTC)
