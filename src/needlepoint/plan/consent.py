"""Consent that fits: the text for this person and these places, in plain words, with a hash that changes when the places do."""

from dataclasses import dataclass
from hashlib import sha256
from json import dumps

from needlepoint.plan.knowledge import PlanKnowledge, Risk
from needlepoint.plan.plan import Plan, SitePlan
from needlepoint.plan.stopping import VITAL
from needlepoint.terms import Side, Statement

#: Of so many people a common risk is told; a rarer one of the next that gives a whole number of people.
CROWDS = (100, 1_000, 10_000, 100_000, 1_000_000)
GROUPS = ("common", "uncommon", "rare")

ABOUT = (
    "Dry needling means that a thin needle goes through the skin into a tight part of a muscle. Nothing is injected. "
    "You may feel a twitch, a cramp or a dull ache."
)
HELPS = (
    "It can ease pain for days to weeks, about as well as treatment by hand. "
    "It is not proven that it helps for longer, heals faster, or makes you stronger."
)
ELSE = (
    "You can choose treatment by hand, exercise, heat, or no treatment. "
    "You can say no, now or at any time, and you do not have to say why. The needles then come out at once."
)
UNSURE = "Not every risk has been counted well. Where we know no number, we say so."
ASK = "Ask anything that is not clear before you sign."


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One risk in natural frequencies: ``people`` of ``crowd``, ``None`` when no rate is known."""

    id: str
    title: str
    words: str
    group: str
    people: int | None
    crowd: int | None
    unit: str
    rate: str
    uncertain: str | None
    places: tuple[str, ...]
    sources: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """The text to read and sign. ``sha256`` is of the wording and the places; a change of either is a new consent."""

    places: tuple[str, ...]
    about: str
    helps: str
    risks: tuple[RiskLine, ...]
    otherwise: str
    unsure: str
    ask: str
    afterwards: tuple[str, ...]
    sha256: str


def consent(plan: Plan, knowledge: PlanKnowledge) -> Consent | None:
    """What does this person have to know and agree to, for the places of this session? ``None``: no place is needled."""
    today = [plan.sites[n] for n in plan.session.today]
    if not today:
        return None
    places = tuple(dict.fromkeys(_place(site, knowledge) for site in today))
    risks = [_line(risk, today, knowledge) for risk in knowledge.risks if risk.for_everyone or _at(risk, today)]
    risks.sort(key=lambda one: (GROUPS.index(one.group), -(one.people or 0) / (one.crowd or 1), one.id))
    afterwards = tuple(f"{'. '.join(signs.patient)}. {signs.act_patient}" for signs in plan.session.signs)
    text = [
        list(places),
        ABOUT,
        HELPS,
        [[one.words, one.rate, one.uncertain] for one in risks],
        ELSE,
        UNSURE,
        ASK,
        list(afterwards),
    ]
    digest = sha256(dumps(text, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    return Consent(places, ABOUT, HELPS, tuple(risks), ELSE, UNSURE, ASK, afterwards, digest)


def _place(site: SitePlan, knowledge: PlanKnowledge) -> str:
    title = knowledge.atlas.muscles[site.muscle].title.lower() if site.muscle else site.text
    side = f"{site.side.value} " if site.side in (Side.LEFT, Side.RIGHT) else ""
    return f"{side}{title}"


def _at(risk: Risk, sites: list[SitePlan]) -> tuple[SitePlan, ...]:
    """The places that this risk belongs to: where its structure lies in the path, or near it and may kill."""
    return tuple(
        site
        for site in sites
        if any(one.structure in risk.structures and (one.in_path or one.worst == VITAL) for one in site.hazards)
    )


def _line(risk: Risk, sites: list[SitePlan], knowledge: PlanKnowledge) -> RiskLine:
    people, crowd = natural(risk.happened, risk.among)
    places = tuple(dict.fromkeys(_place(site, knowledge) for site in _at(risk, sites)))
    return RiskLine(
        risk.id, risk.title, risk.words, risk.group, people, crowd, risk.unit, _rate(risk, people, crowd), risk.uncertain, places,
        risk.sources,
    )  # fmt: skip


def natural(happened: float | None, among: float | None) -> tuple[int | None, int | None]:
    """A rate as a whole number of a crowd: of the smallest crowd in which at least one is met. (None, None): no rate is known.

    What never happened is told of the crowd that was really looked at.
    """
    if happened is None or not among:
        return None, None
    if happened == 0:
        return 0, round(among)
    share = happened / among
    crowd = next((one for one in CROWDS if share * one >= 0.95), CROWDS[-1])
    return max(round(share * crowd), 1), crowd


def _rate(risk: Risk, people: int | None, crowd: int | None) -> str:
    if people is None or crowd is None:
        return "No number is known."
    if people == 0:
        return f"It was not seen in {crowd:,} {risk.unit}."
    return f"About {people} in {crowd:,} {risk.unit}."
