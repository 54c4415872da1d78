"""What we conclude: a clearance for the person and for each place, with findings, reasons and open questions."""

from dataclasses import dataclass
from datetime import date

from needlepoint.screen.told import Because, Proposal, SetAside
from needlepoint.terms import Level, NotUnderstood, Statement


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that holds: what it says, why, where, and who says so. ``sites`` are places in the list of sites."""

    id: str
    title: str
    level: Level
    scope: str
    sites: tuple[int, ...]
    because: tuple[Because, ...]
    says: str
    advice: str
    disagreement: str | None
    choice: str | None
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SiteClearance:
    """The answer for one place. ``clearance`` counts the person's findings too; ``by_itself`` counts the place alone."""

    proposal: Proposal
    clearance: Level
    by_itself: Level
    complete: bool
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question whose answer could change the result: from which level, to which."""

    id: str
    text: str
    now: Level
    could_be: Level

    @property
    def could_change(self) -> str:
        """The change in words, as the contract spells it."""
        return f"{self.now.word} → {self.could_be.word}"


@dataclass(frozen=True, slots=True)
class Clearance:
    """May this person be needled on this day, and where not?

    ``clearance`` is the worst level that applies. ``complete`` is false while an unanswered question, or a word that was not understood,
    could make it worse, and then nobody is cleared. ``sites`` are the proposed places, or, when none were proposed, the regions that are
    worse than the person.
    """

    on: date
    clearance: Level
    person: Level
    complete: bool
    sites: tuple[SiteClearance, ...]
    findings: tuple[Finding, ...]
    questions: tuple[OpenQuestion, ...]
    not_understood: tuple[NotUnderstood, ...]
    set_aside: tuple[SetAside, ...]
    release: str
    sha256: str
