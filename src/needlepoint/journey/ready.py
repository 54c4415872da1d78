"""What keeps a note open, beyond the session itself: words that contradict each other, consent, and needles that the plan did not want."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from needlepoint.journey.written import Written
from needlepoint.terms import Side
from needlepoint.treat import Missing, Session

#: Where the reason stands for having needled without a signed consent, and for a needle that was not planned so.
CONSENT_REASON = "note.consent"
PLAN_REASON = "note.against-plan"


@dataclass(frozen=True, slots=True)
class Agreed:
    """The consent of a visit: was one signed for these very places (``None``: nobody was asked), and did the person agree?"""

    signed: bool
    agrees: bool | None = None


def keeps_open(
    written: Written,
    session: Session,
    consent: Agreed,
    unwanted: Mapping[tuple[str, Side], str],
    planned: Collection[tuple[str, Side]],
) -> tuple[Missing, ...]:
    """What keeps this note open? ``unwanted``: places where the plan declines a needle, and why; ``planned``: those where it plans one today.

    A needle that is in cannot be taken back by a rule: what went against consent or plan is not forbidden here, it must be explained.
    """
    return tuple(_all(written, session, consent, unwanted, planned))


def _all(
    written: Written,
    session: Session,
    consent: Agreed,
    unwanted: Mapping[tuple[str, Side], str],
    planned: Collection[tuple[str, Side]],
) -> Iterator[Missing]:
    for name in written.conflicts:
        yield Missing("conflict", f"Two people wrote different things into “{name}”. Look at both and choose.")
    if not session.needles:
        return
    if not _told(written, CONSENT_REASON):
        if consent.agrees is False:
            yield Missing("refused", "The person did not agree, and needles went in. Write down what happened.")
        elif not consent.signed:
            yield Missing(
                "consent",
                "No consent was signed for these places. Have it signed, or write down how consent was given.",
            )
    if _told(written, PLAN_REASON):
        return
    for place in dict.fromkeys((one.muscle, one.side) for one in session.needles):
        muscle, side = place
        if muscle is None or side is None:
            continue  # the session itself asks for these
        if (muscle, side) in unwanted:
            yield Missing(
                "against-plan", f"A needle went in where the plan declines one: {unwanted[muscle, side]} Write down why.",
                muscle=muscle, side=side,
            )  # fmt: skip
        elif (muscle, side) not in planned:
            yield Missing(
                "not-planned", f"A needle went in where none was planned: {muscle.replace('-', ' ')}, {side}. Write down why.",
                muscle=muscle, side=side,
            )  # fmt: skip


def _told(written: Written, name: str) -> bool:
    value = written.value(name)
    return isinstance(value, str) and bool(value.strip())
