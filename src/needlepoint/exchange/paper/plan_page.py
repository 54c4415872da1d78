"""The plan in plain, ready words and pictures, for screen and paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from needlepoint.exchange.assessing import missed_by_both
from needlepoint.exchange.paper.locate_page import source_numbers
from needlepoint.exchange.pictures import BodyPicture, place_picture
from needlepoint.exchange.pictures.cross_section import CrossSection, cross_section
from needlepoint.exchange.pictures.icons import icon_array
from needlepoint.exchange.planning import Planned
from needlepoint.plan import HazardShown, NeedlePlan, PlanKnowledge, SessionPlan, SitePlan
from needlepoint.plan.consent import Consent, RiskLine, consent
from needlepoint.plan.stopping import VITAL
from needlepoint.terms import Side, Statement

KINDS = {
    "measured": "Measured on this person",
    "published": "Published",
    "conservative": "Our cautious choice",
}


@dataclass(frozen=True, slots=True)
class HazardLine:
    """One hazard in words: what, why, how it is avoided, and the depth that is kept from it."""

    title: str
    vital: bool
    in_path: bool
    why: str
    avoid_by: str
    kept: str | None
    kept_why: str | None
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanCard:
    """One place: its plan line by line, or the refusal."""

    number: int
    title: str
    side: str | None
    level: str
    complete: bool
    declined: str | None
    would_change: tuple[str, ...]
    instead: str | None
    elsewhere: str | None
    needle: str | None
    stop: str | None
    stop_words: str | None
    kind: str | None
    basis: str | None
    reach: str | None
    lines: tuple[tuple[str, str], ...]
    dose: str | None
    safer: str | None
    asked: str | None
    warnings: tuple[str, ...]
    hazards: tuple[HazardLine, ...]
    disagreements: tuple[str, ...]
    unreviewed: bool
    later: str | None
    sketch: CrossSection | None
    place: BodyPicture | None
    sources: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class RiskShown:
    """One risk of the consent, with its icons where a rate is known."""

    words: str
    rate: str
    uncertain: str | None
    places: str | None
    icons: str | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The third step on paper."""

    label: str
    title: str
    cards: tuple[PlanCard, ...]
    suggested: bool
    dangers: tuple[tuple[str, str], ...]
    order: tuple[tuple[str, str], ...]
    later: tuple[str, ...]
    session_warnings: tuple[str, ...]
    stay: str | None
    reasons: tuple[str, ...]
    signs: tuple[tuple[str, str, tuple[str, ...], str, tuple[str, ...], str], ...]
    consent: Consent | None
    risks: tuple[tuple[str, tuple[RiskShown, ...]], ...]
    not_understood: tuple[tuple[str, str, tuple[str, ...]], ...]
    sources: tuple[tuple[int, str], ...]
    release: str
    sha256: str


GROUP_WORDS = {"common": "Common", "uncommon": "Less common", "rare": "Rare"}


def present_plan(planned: Planned, knowledge: PlanKnowledge, label: str, *, pictures: bool = True) -> PlanPage:
    """The page part that shows this plan. ``pictures``: with where each place lies on the body, which takes longest to draw."""
    plan, session = planned.plan, planned.plan.session
    asked = consent(plan, knowledge)
    said = [one for site in plan.sites for one in site.sources]
    said += [one for risk in (asked.risks if asked else ()) for one in risk.sources]
    numbers = source_numbers(said)
    waits = {one.site: one.reason for one in session.later}
    cards = tuple(
        _card(n, site, waits.get(n), knowledge, numbers, pictures=pictures) for n, site in enumerate(plan.sites)
    )
    return PlanPage(
        label=label,
        title=f"Plan for {label}",
        cards=cards,
        suggested=planned.suggested,
        dangers=tuple((one.title, one.action) for one in planned.assessment.located.red_flags),
        order=tuple(
            (step.position.capitalize(), ", then ".join(site_name(plan.sites[n]) for n in step.sites))
            for step in session.steps
        ),
        later=tuple(f"{site_name(plan.sites[one.site]).capitalize()}: {one.reason}" for one in session.later),
        session_warnings=session.warnings,
        stay=f"Stay for {session.stay_minutes:g} minutes after the last needle." if session.stay_minutes else None,
        reasons=session.reasons,
        signs=_signs(session),
        consent=asked,
        risks=_risk_groups(asked),
        not_understood=tuple((one.text, one.origin, one.nearest) for one in missed_by_both(planned.assessment)),
        sources=tuple((number, citation) for citation, number in numbers.items()),
        release=plan.release,
        sha256=plan.sha256,
    )


def site_name(site: SitePlan) -> str:
    """A place in words: its side and its muscle, or as it was written."""
    if site.muscle is None:
        return site.text
    side = f"{site.side} " if site.side in (Side.LEFT, Side.RIGHT) else ""
    return f"{side}{site.muscle.replace('-', ' ')}"


def _card(
    n: int, site: SitePlan, later: str | None, knowledge: PlanKnowledge, numbers: dict[str, int], *, pictures: bool
) -> PlanCard:
    needle, declined = site.needle, site.declined
    title = knowledge.atlas.muscles[site.muscle].title if site.muscle else site.text
    muscle = knowledge.atlas.muscles.get(site.muscle or "")
    side = site.side if site.side in (Side.LEFT, Side.RIGHT) else Side.LEFT
    asked = site.asked
    return PlanCard(
        number=n + 1,
        title=title,
        side=site.side.value if site.side else None,
        level=site.level.word,
        complete=site.complete,
        declined=declined.reason if declined else None,
        would_change=declined.would_change if declined else (),
        instead=declined.instead if declined else None,
        elsewhere="; ".join(f"{muscle.replace('-', ' ')} ({side})" for muscle, side in site.elsewhere) or None,
        needle=f"{needle.chosen.needle.length_mm:g} × {needle.chosen.needle.diameter_mm:g} mm" if needle else None,
        stop=f"{needle.stop_depth_mm:g} mm" if needle else None,
        stop_words=_stop_words(needle) if needle else None,
        kind=KINDS[needle.basis.kind] if needle else None,
        basis=_basis(needle) if needle else None,
        reach=_reach(needle) if needle else None,
        lines=_lines(site, needle) if needle else (),
        dose=_dose(needle) if needle else None,
        safer=needle.safer_than if needle else None,
        asked=(
            f"Asked for {asked.length_mm:g} mm: it could come {asked.reach_mm:.0f} mm deep, {asked.to_hub_mm:.0f} mm at its hub; it "
            + ("stays within the stop depth." if asked.within else "could pass the stop depth.")
        )
        if asked
        else None,
        warnings=site.warnings,
        hazards=tuple(map(_hazard, site.hazards)),
        disagreements=site.disagreements,
        unreviewed=site.unreviewed,
        later=later,
        sketch=cross_section(site, knowledge.numbers, title.lower(), f"sketch-{n + 1}"),
        place=place_picture(muscle, side) if muscle and needle and pictures else None,
        sources=_marks(site.sources, numbers),
    )  # fmt: skip


def _stop_words(needle: NeedlePlan) -> str:
    if needle.way.lifted:
        return "into the lifted fold"
    if needle.reaches_muscle is None and needle.way.technique == "superficial":
        return "straight beneath the skin; it stays above the muscle"
    return "straight beneath the skin"


def _reach(needle: NeedlePlan) -> str:
    chosen = needle.chosen
    return (
        f"Leave {chosen.shaft_out_mm:g} mm of the shaft out; the tip then comes {chosen.reach_mm:.1f} mm deep at the most. "
        f"Pushed to its hub it would come {chosen.to_hub_mm:.1f} mm deep."
    )


def _basis(needle: NeedlePlan) -> str:
    basis = needle.basis
    unlike = f" This person is {'; '.join(basis.outside)}." if basis.outside else ""
    return f"{basis.text} People: {basis.population}.{unlike}"


def _lines(site: SitePlan, needle: NeedlePlan) -> tuple[tuple[str, str], ...]:
    way = needle.way
    lies = site.lies
    lines = [
        ("Lies", _lying(needle)),
        ("Hands", way.hands),
        ("Way", f"{way.name}. {way.direction}"),
        ("Angle", f"{way.angle_deg:g}° from straight in"),
    ]
    if lies:
        lines.append(("Muscle", f"{lies.starts:g} to {lies.ends:g} mm deep in an ordinary build. {lies.words}"))
    return tuple(lines)


def _lying(needle: NeedlePlan) -> str:
    """The position, said once."""
    told = needle.way.position
    return told if told.lower().startswith(needle.position.split()[0]) else f"{needle.position.capitalize()}. {told}"


def _dose(needle: NeedlePlan) -> str:
    stays = f"the needle stays {needle.dwell_minutes:g} minutes" if needle.dwell_minutes else "the needle does not stay"
    return f"At most {needle.insertions_max} {'insertion' if needle.insertions_max == 1 else 'insertions'}; {stays}; no current."


def _hazard(one: HazardShown) -> HazardLine:
    depth = one.depth
    return HazardLine(
        one.title,
        one.worst == VITAL,
        one.in_path,
        one.why,
        one.avoid_by,
        f"No tip deeper than {depth.limit_mm:.1f} mm" if depth else None,
        depth.text if depth else None,
        tuple(f"{each.what}: {each.how}, {each.mm:.1f} mm" for each in depth.others[:5]) if depth else (),
    )


def _signs(session: SessionPlan) -> tuple[tuple[str, str, tuple[str, ...], str, tuple[str, ...], str], ...]:
    return tuple(
        (
            one.title,
            _hours(one.from_hours, one.to_hours),
            one.clinician,
            one.act_clinician,
            one.patient,
            one.act_patient,
        )
        for one in session.signs
    )


def _hours(start: float, end: float) -> str:
    until = f"{end / 24:g} days" if end >= 48 else f"{end:g} hours"
    return f"from the first minute to {until}" if start == 0 else f"{start:g} hours to {until}"


def _risk_groups(asked: Consent | None) -> tuple[tuple[str, tuple[RiskShown, ...]], ...]:
    if asked is None:
        return ()
    groups = [
        (words, tuple(_risk(one) for one in asked.risks if one.group == group)) for group, words in GROUP_WORDS.items()
    ]
    return tuple((words, risks) for words, risks in groups if risks)


def _risk(one: RiskLine) -> RiskShown:
    icons = None
    if one.people and one.crowd:
        icons = icon_array(one.people, one.crowd, f"{one.people} in {one.crowd:,}") if one.crowd <= 100 else None
    return RiskShown(one.words, one.rate, one.uncertain, "; ".join(one.places) or None, icons)


def _marks(statements: Sequence[Statement], numbers: dict[str, int]) -> tuple[tuple[int, str], ...]:
    return tuple(dict.fromkeys((numbers[one.source.citation], one.read.value) for one in statements))
