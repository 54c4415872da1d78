"""What is known about the body, as plain JSON and as text."""

from typing import Any

from needlepoint.body import Muscle, Place
from needlepoint.exchange.told import InputError
from needlepoint.screen import ScreenKnowledge
from needlepoint.terms import Statement


def atlas_list(knowledge: ScreenKnowledge) -> dict[str, Any]:
    """All muscles and regions by id and title."""
    atlas = knowledge.atlas
    return {
        "muscles": [
            {"id": one.id, "title": one.title} for one in sorted(atlas.muscles.values(), key=lambda one: one.id)
        ],
        "regions": [
            {"id": one.id, "title": one.title, "paired": one.paired}
            for one in sorted(atlas.regions.values(), key=lambda one: one.id)
        ],
        "points": len(atlas.points),
    }


def atlas_show(text: str, knowledge: ScreenKnowledge) -> dict[str, Any]:
    """What is known of the places that this text names. Raises InputError with the nearest names when it names none."""
    named = knowledge.gazetteer.read(text)
    if not named.places:
        near = knowledge.gazetteer.nearest(text)
        hint = f"; did you mean {', '.join(near)}?" if near else "; `needlepoint atlas list` names all"
        raise InputError(f"“{text}” is no place we know{hint}")
    return {"places": [_place(place, knowledge) for place in named.places]}


def _place(place: Place, knowledge: ScreenKnowledge) -> dict[str, Any]:
    atlas = knowledge.atlas
    muscle = atlas.muscles[place.muscle] if place.muscle else None
    region = atlas.regions[place.region] if place.region and not muscle else None
    return {
        "title": place.label,
        "muscles": list(place.muscles),
        "regions": list(place.regions),
        "coarse": place.coarse,
        "barred": list(place.barred),
        "beneath": [
            {
                "structure": one,
                "title": atlas.structures[one].title,
                "harm": atlas.structures[one].harm,
                "worst": atlas.structures[one].worst,
            }
            for one in sorted(place.beneath)
        ],
        "features": sorted(place.features),
        "position": muscle.position if muscle else None,
        "approach": muscle.approach if muscle else None,
        "nerve": muscle.nerve if muscle else None,
        "roots": list(muscle.roots) if muscle else [],
        "distances": [
            {
                "structure": one.structure,
                "mm": one.mm,
                "what": one.what,
                "people": one.people,
                "sources": _sources(one.sources),
            }
            for one in place.distances
        ],
        "sources": _sources(muscle.sources if muscle else region.sources if region else ()),
        **(_muscle(muscle, knowledge) if muscle else {}),
    }


def _muscle(muscle: Muscle, knowledge: ScreenKnowledge) -> dict[str, Any]:
    """What is known of a muscle beyond its hazards."""
    referral = muscle.referral
    return {
        "id": muscle.id,
        "latin": muscle.latin,
        "names": list(muscle.names),
        "ontology": muscle.fma or muscle.uberon,
        "from": muscle.origin,
        "to": muscle.insertion,
        "action": muscle.action,
        "depth": muscle.depth,
        "sends_pain_to": [
            {"region": zone.region, "zone": "main" if zone.main else "spill", "side": zone.side}
            for zone in (referral.zones if referral else ())
        ],
        "pattern_sources": _sources(referral.sources if referral else ()),
        "patterns_differ": referral.disagreement if referral else None,
        "symptoms": list(muscle.symptoms),
        "trigger_points": [one.name for one in muscle.trigger_points],
    }


def _sources(statements: tuple[Statement, ...]) -> list[dict[str, str]]:
    return [{"id": one.source.id, "citation": one.source.citation, "read": one.read.value} for one in statements]


def atlas_text(answer: dict[str, Any]) -> str:
    """The same for reading."""
    if "muscles" in answer and "points" in answer:
        lines = [f"{len(answer['muscles'])} muscles"]
        lines += [f"  {one['id']:<36} {one['title']}" for one in answer["muscles"]]
        lines += ["", f"{len(answer['regions'])} regions"]
        lines += [f"  {one['id']:<36} {one['title']}" for one in answer["regions"]]
        lines += ["", f"and {answer['points']} acupuncture points, understood as names of places"]
        return "\n".join(lines)
    return "\n\n".join(_place_text(place) for place in answer["places"])


def _place_text(place: dict[str, Any]) -> str:
    lines = [place["title"] + (" (named coarsely: the hazards of all that it may mean)" if place["coarse"] else "")]
    if place["barred"]:
        lines += [f"  not to be needled: {reason}" for reason in place["barred"]]
    lines += _muscle_text(place)
    for key in ("position", "approach", "nerve"):
        if place[key]:
            lines.append(
                f"  {key}: {place[key]}"
                + (f" ({', '.join(place['roots'])})" if key == "nerve" and place["roots"] else "")
            )
    if place["beneath"]:
        lines.append("  beneath:")
        lines += [f"    {one['title']}: {one['harm']} ({one['worst']})" for one in place["beneath"]]
    if place["distances"]:
        lines.append("  published distances, none averaged:")
        lines += [
            f"    {one['mm']:g} mm to {one['structure'].replace('-', ' ')}: {one['what']} ({one['people']})"
            for one in place["distances"]
        ]
    if place.get("pattern_sources"):
        lines.append("  sources of the pattern of pain:")
        lines += [f"    {one['citation']} [{one['read']}]" for one in place["pattern_sources"]]
    if place["sources"]:
        lines.append("  sources:")
        lines += [f"    {one['citation']} [{one['read']}]" for one in place["sources"]]
    return "\n".join(lines)


def _muscle_text(place: dict[str, Any]) -> list[str]:
    lines = [f"  {key}: {place[key]}" for key in ("latin", "from", "to", "action") if place.get(key)]
    for zone, words in (("main", "sends pain to"), ("spill", "may spill over to")):
        there = [_place_word(one) for one in place.get("sends_pain_to", ()) if one["zone"] == zone]
        if there:
            lines.append(f"  {words}: {', '.join(there)}")
    if place.get("patterns_differ"):
        lines.append(f"  sources differ: {place['patterns_differ']}")
    if place.get("symptoms"):
        lines.append(f"  may go with: {', '.join(one.replace('-', ' ') for one in place['symptoms'])}")
    if place.get("trigger_points"):
        lines.append(f"  trigger points often found: {'; '.join(place['trigger_points'])}")
    return lines


def _place_word(zone: dict[str, Any]) -> str:
    side = {"same": "", "other": " (other side)", "both": " (both sides)"}[zone["side"]]
    word: str = zone["region"].replace("-", " ")
    return word + side
