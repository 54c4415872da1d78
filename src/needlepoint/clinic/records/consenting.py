"""Consent: a person reads the words for the places that are planned, and agrees or does not. Signed once, sealed, never changed."""

import uuid
from datetime import UTC, datetime
from typing import Any, cast

from django.db import transaction

from needlepoint.clinic.asking import known
from needlepoint.clinic.records.keeping import VisitIsCancelled, VisitIsSigned
from needlepoint.clinic.records.models import Consent, Member, PrivateLink, Visit
from needlepoint.clinic.records.seal import canonical, seal
from needlepoint.clinic.records.signed import last_words
from needlepoint.exchange.answers.plan import plan_answer
from needlepoint.exchange.planning import Planned


class NothingToConsentTo(Exception):
    """No place is needled today, so there are no words to sign."""


class WordingChanged(Exception):
    """The plan changed while the person was reading: other words hold now, and these have to be read."""


def wording_of(planned: Planned) -> dict[str, Any] | None:
    """The words to read and sign for this plan, with their hash under ``sha256``. ``None``: no place is needled."""
    return cast("dict[str, Any] | None", plan_answer(planned, known().plan)["consent"])


def sign_consent(
    visit: Visit,
    planned: Planned,
    *,
    name: str,
    agreed: bool,
    read_sha256: str | None = None,
    witness: Member | None = None,
    link: PrivateLink | None = None,
    now: datetime | None = None,
) -> Consent:
    """Keep that this person agreed, or did not agree, to the words for the places that are planned.

    ``read_sha256`` is the hash of the words that were on the page; when it is no longer that of the plan, WordingChanged is raised. In the room a
    member is the ``witness``; at home the private ``link`` tells who signed. The same answer to the same words again is the same consent.
    Raises NothingToConsentTo, WordingChanged, VisitIsSigned, VisitIsCancelled; ValueError without a name or without one who saw it.
    """
    wording = wording_of(planned)
    if wording is None:
        raise NothingToConsentTo
    if read_sha256 is not None and read_sha256 != wording["sha256"]:
        raise WordingChanged
    name = " ".join(name.split())[:200]
    if not name:
        raise ValueError("a consent is signed with a name")
    if (witness is None) == (link is None):
        raise ValueError("a consent is signed before a member or by a private link")
    at = now or datetime.now(UTC)
    with transaction.atomic():
        held = Visit.objects.select_for_update().get(pk=visit.pk)
        if held.state == Visit.State.SIGNED:
            raise VisitIsSigned
        if held.state == Visit.State.CANCELLED:
            raise VisitIsCancelled
        last = last_consent(visit)
        if last is not None and (last.wording_sha256, last.agreed, last.name) == (wording["sha256"], agreed, name):
            return last
        made = Consent(
            id=uuid.uuid4(), person_id=held.person_id, visit=held, agreed=agreed, name=name, wording=wording,
            wording_sha256=wording["sha256"], witness=witness, link=link, signed_at=at,
        )  # fmt: skip
        made.seal = seal("consent", made.id, sealed_text(made), at)
        made.save(force_insert=True)
    return made


def sealed_text(consent: Consent) -> str:
    """What the seal of a consent is made of: all of it but the time, which the seal itself holds."""
    return canonical(
        {
            "id": str(consent.pk),
            "person": str(consent.person_id),
            "visit": str(consent.visit_id),
            "agreed": consent.agreed,
            "name": consent.name,
            "wording": consent.wording,
            "wording_sha256": consent.wording_sha256,
            "witness": str(consent.witness_id) if consent.witness_id else None,
            "link": str(consent.link_id) if consent.link_id else None,
        }
    )


def last_consent(visit: Visit) -> Consent | None:
    """What this person said last about this visit. The last word holds, whatever was said before."""
    return last_words(visit).select_related("witness", "seal").first()


def valid_consent(visit: Visit, wording_sha256: str | None) -> Consent | None:
    """The consent that holds for these words. A *no* ends an earlier *yes*; a *yes* to other words is none for these."""
    last = last_consent(visit)
    holds = last is not None and last.agreed and wording_sha256 is not None and last.wording_sha256 == wording_sha256
    return last if holds else None
