"""What the body chart shows of an assessment: muscles by probability, their zones, the clearance of places, what lies beneath."""

from typing import Any

from needlepoint.body import Muscle
from needlepoint.exchange.assessing import Assessment
from needlepoint.library.body_files import mesh_names
from needlepoint.locate import LocateKnowledge
from needlepoint.terms import Side


def chart_layers(assessment: Assessment, knowledge: LocateKnowledge) -> dict[str, Any]:
    """The layers of the chart as JSON values: ``muscles`` and ``clearance`` as they stand, ``zones`` and ``hazards`` by muscle and side."""
    ranked = assessment.located.candidates
    return {
        "muscles": {
            "type": "muscles",
            "muscles": [
                {"muscle": one.muscle, "side": one.side.value, "probability": round(one.probability, 4)}
                for one in ranked
                if knowledge.atlas.muscles[one.muscle].footprint
            ],
        },
        "clearance": {"type": "clearance", "regions": _clearance(assessment, knowledge)},
        "zones": {
            f"{one.muscle}|{one.side}": _zones(knowledge.atlas.muscles[one.muscle], one.side, knowledge)
            for one in ranked
        },
        "hazards": {
            f"{one.muscle}|{one.side}": _hazards(knowledge.atlas.muscles[one.muscle], knowledge) for one in ranked
        },
    }


def chart_names(knowledge: LocateKnowledge) -> dict[str, dict[str, str]]:
    """The names that people read: places of the skin by the name that the surface gives them, and muscles by id."""
    titles = {cell.id: cell.title for cell in knowledge.skin.cells}
    order = [cell.id for cell in knowledge.skin.cells if cell.side is Side.LEFT and not cell.inside]
    return {
        "regions": {mesh: _within(titles[id_]) for mesh, id_ in zip(mesh_names(), order, strict=True)},
        "muscles": {muscle.id: _within(muscle.title) for muscle in knowledge.muscles},
    }


def _within(title: str) -> str:
    """A title as it stands within a sentence: small, unless it is the name of somebody."""
    return title if title.startswith("Achilles") else title[0].lower() + title[1:]


def _zones(muscle: Muscle, side: Side, knowledge: LocateKnowledge) -> list[dict[str, Any]]:
    main = knowledge.weight("main-zone")
    return [
        {"region": cell, "weight": "main" if weight >= main else "spill"}
        for cell, weight in knowledge.zone_cells(muscle, side).items()
        if not knowledge.skin.cells[cell].inside
    ]


def _hazards(muscle: Muscle, knowledge: LocateKnowledge) -> list[dict[str, str]]:
    structures = [knowledge.atlas.structures[one] for one in sorted(muscle.beneath)]
    return [{"title": one.title, "harm": one.harm, "worst": one.worst} for one in structures]


def _clearance(assessment: Assessment, knowledge: LocateKnowledge) -> list[dict[str, Any]]:
    """The worst level of each place of the skin, over the places that were looked at."""
    person = assessment.clearance.person
    levels: dict[int, tuple[int, str]] = {}
    for site in assessment.clearance.sites:
        place = site.proposal.place
        for region in place.regions if place else ():
            for cell in knowledge.skin.cells_of(region, place.side if place else None):
                if not knowledge.skin.cells[cell].inside and site.clearance > levels.get(cell, (int(person), ""))[0]:
                    levels[cell] = (int(site.clearance), site.clearance.word)
    return [{"region": cell, "level": word} for cell, (_, word) in sorted(levels.items())]
