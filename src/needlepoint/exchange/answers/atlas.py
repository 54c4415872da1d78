"""What is known about the body, as plain JSON and as text."""

from typing import Any

from needlepoint.body import Place
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
    if place["sources"]:
        lines.append("  sources:")
        lines += [f"    {one['citation']} [{one['read']}]" for one in place["sources"]]
    return "\n".join(lines)
