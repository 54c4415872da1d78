"""The places of an answer in words: one line for each proposed place, or the whole body gathered into a few lines."""

from collections.abc import Iterable, Sequence

from needlepoint.body import Atlas, Place
from needlepoint.exchange.paper.page import SiteLine
from needlepoint.screen import Finding, Proposal, SiteClearance
from needlepoint.terms import Side

#: In which order a body is read: from head to foot, front before back.
HEAD_TO_FOOT = (
    *("head", "eye", "face", "neck", "shoulder", "axilla", "chest", "upper-back", "mid-back"),
    *("upper-arm", "elbow", "forearm", "wrist", "hand", "abdomen", "low-back", "pelvis", "groin", "buttock"),
    *("hip", "thigh", "knee", "leg", "ankle", "foot"),
)
#: More reasons than this are not read in a table.
MOST_REASONS = 3
#: Over a whole body: with more lines than this for one level, the level becomes one line, and names so many reasons.
MOST_LINES = 4
MOST_COUNTED = 10

_NOTHING_FOUND = "Nothing known speaks against it."


def place_words(proposal: Proposal) -> str:
    """A proposed place as people say it: "Upper trapezius, left"."""
    place = proposal.place
    if place is None:
        return f"“{proposal.text}”"
    if place.side is Side.MIDLINE:
        return place.label
    return f"{_capital(place.label)}, {place.side.value if place.side else 'side not stated'}"


def plan_words(proposal: Proposal) -> str | None:
    """What is planned there, as far as it was stated: "deep, needle 30 mm long and 0.25 mm thick, prone"."""
    said = [proposal.technique]
    needle = proposal.needle
    if needle.length_mm is not None or needle.diameter_mm is not None:
        sizes = [
            f"{size:g} mm {what}"
            for size, what in ((needle.length_mm, "long"), (needle.diameter_mm, "thick"))
            if size is not None
        ]
        said.append("needle " + " and ".join(sizes))
    if proposal.stimulation is not None:
        said.append("no stimulation" if proposal.stimulation == "none" else f"{proposal.stimulation} stimulation")
    if proposal.guidance is not None:
        said.append("no image guidance" if proposal.guidance == "none" else f"{proposal.guidance} guidance")
    said.append(proposal.position)
    said.extend(
        f"{structure.replace('-', ' ')} measured at {mm:g} mm" for structure, mm in proposal.measured_mm.items()
    )
    return ", ".join(word.replace("-", " ") for word in said if word) or None


def why_words(site: SiteClearance, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The titles of the findings that make this place what it is, the place's own first."""
    own = [one for one in findings if one.id in site.findings]
    of_person = [one for one in findings if one.scope == "person" and one.id not in site.findings]
    deciding = [one.title for one in (*own, *of_person) if one.level == site.clearance]
    titles = deciding or [one.title for one in own] or [_NOTHING_FOUND]
    if len(titles) > MOST_REASONS:
        return (*titles[:MOST_REASONS], f"and {len(titles) - MOST_REASONS} more")
    return tuple(titles)


def proposed_lines(sites: Sequence[SiteClearance], findings: Sequence[Finding]) -> tuple[SiteLine, ...]:
    """One line for each proposed place, in the order in which they were proposed."""
    return tuple(
        SiteLine(
            places=(place_words(site.proposal),),
            plan=plan_words(site.proposal),
            level=site.clearance.word,
            complete=site.complete,
            why=why_words(site, findings),
        )
        for site in sites
    )


def body_lines(sites: Sequence[SiteClearance], findings: Sequence[Finding], atlas: Atlas) -> tuple[SiteLine, ...]:
    """The whole body in a few lines, the worst first; both sides of a region are one."""
    levels = sorted({site.clearance for site in sites}, reverse=True)
    return tuple(
        line for level in levels for line in _level_lines([s for s in sites if s.clearance is level], findings, atlas)
    )


def _level_lines(sites: Sequence[SiteClearance], findings: Sequence[Finding], atlas: Atlas) -> list[SiteLine]:
    """Regions that are so for the same reasons stand together. Where that makes too many lines, the whole level is one."""
    alike: dict[tuple[str, ...], list[SiteClearance]] = {}
    for site in sites:
        alike.setdefault(why_words(site, findings), []).append(site)
    if len(alike) > MOST_LINES:
        return [_body_line(sites, _counted_reasons(sites, findings), atlas)]
    lines = [_body_line(together, why, atlas) for why, together in alike.items()]
    return sorted(lines, key=lambda line: (-len(line.places), line.why))


def _body_line(sites: Sequence[SiteClearance], why: tuple[str, ...], atlas: Atlas) -> SiteLine:
    return SiteLine(
        places=both_sides_together((site.proposal.place for site in sites), atlas),
        plan=None,
        level=sites[0].clearance.word,
        complete=all(site.complete for site in sites),
        why=why,
    )


def _counted_reasons(sites: Sequence[SiteClearance], findings: Sequence[Finding]) -> tuple[str, ...]:
    """What makes these regions what they are, the most frequent first, with the number of regions."""
    regions: dict[str, set[str]] = {}
    for one in findings:
        for site in sites:
            if one.id in site.findings and one.level == site.clearance and site.proposal.place:
                regions.setdefault(one.title, set()).add(site.proposal.place.label)
    often = sorted(regions, key=lambda title: (-len(regions[title]), title))
    named = tuple(f"{title} ({len(regions[title])})" for title in often[:MOST_COUNTED])
    return (*named, f"and {len(often) - MOST_COUNTED} more") if len(often) > MOST_COUNTED else named


def both_sides_together(places: Iterable[Place | None], atlas: Atlas) -> tuple[str, ...]:
    """Regions from head to foot. One that is named without a side lies in the middle, or is meant on both sides."""
    sides: dict[str, set[Side | None]] = {}
    area: dict[str, str] = {}
    for place in places:
        if place is not None:
            sides.setdefault(place.label, set()).add(place.side)
            region = atlas.regions.get(place.region or "")
            area[place.label] = region.area if region else ""
    return tuple(_with_sides(label, sides[label]) for label in sorted(sides, key=lambda one: (_height(area[one]), one)))


def where_words(finding: Finding, sites: Sequence[SiteClearance], atlas: Atlas, *, proposed: bool) -> str:
    """Where a finding holds, in words."""
    if finding.scope == "person":
        return "The whole person"
    there = [sites[n].proposal for n in finding.sites]
    if proposed:
        if len(there) == len(sites) > 1:
            return f"All {len(sites)} places"
        return "; ".join(dict.fromkeys(place_words(one) for one in there))
    return "; ".join(both_sides_together((one.place for one in there), atlas))


def _with_sides(label: str, sides: set[Side | None]) -> str:
    if len(sides) == 1:
        (side,) = sides
        if side in (Side.LEFT, Side.RIGHT):
            return f"{label} ({side.value} only)"
    return label


def _height(area: str) -> int:
    return HEAD_TO_FOOT.index(area) if area in HEAD_TO_FOOT else len(HEAD_TO_FOOT)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
