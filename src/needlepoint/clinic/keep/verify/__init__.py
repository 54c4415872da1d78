"""Has anything that was signed been changed since, and what?"""

from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS

from needlepoint.clinic.keep.snapshot import snapshot
from needlepoint.clinic.keep.verify.beside import look_beside
from needlepoint.clinic.keep.verify.chain import Walk, walk
from needlepoint.clinic.keep.verify.finding import Deleted, Finding, Verified
from needlepoint.clinic.records.models import Organisation, Seal

__all__ = ["Deleted", "Finding", "Verified", "seals_to_walk", "verify"]


def seals_to_walk(of: str = DEFAULT_DB_ALIAS) -> int:
    """How many seals there are: for a bar that says how far it is."""
    return int(Seal.everywhere.using(of).count())


def verify(
    tell: Callable[[Finding | Deleted], None],
    *,
    of: str = DEFAULT_DB_ALIAS,
    against: str = "",
    step: Callable[[int], None] = lambda _seals: None,
) -> Verified:
    """Walk every chain as it is at this moment, and tell each finding and each lawful deletion as it is met.

    ``against`` is a hash that was printed earlier: a chain that was forged anew from the beginning does not hold it.
    """
    came = Verified()

    def met(one: Finding | Deleted) -> None:
        if isinstance(one, Deleted):
            came.deleted += 1
        else:
            came.findings += 1
        tell(one)

    with snapshot(of) as view:
        for organisation in Organisation.objects.using(view).order_by("created_at", "pk"):
            chain = Walk(organisation, view, met, against=against.strip().lower())
            walk(chain, step)
            look_beside(view, organisation, met)
            came.heads[str(organisation.pk)] = (organisation.name, chain.number, chain.head)
            came.seen = came.seen or chain.seen
        if against and not came.seen:
            met(
                Finding(
                    "hash",
                    against,
                    "is in no chain: seals that were there when it was printed are gone or were made anew",
                )
            )
    return came
