"""A rule's ``when`` said in plain English."""

from collections.abc import Sequence

from needlepoint.screen import expression as e
from needlepoint.screen.facts import Between
from needlepoint.screen.knowledge import ScreenKnowledge
from needlepoint.screen.reasons import unit_word

FEATURES = {
    "deep": "the place is usually reached only with a deep needle",
    "non-compressible": "a bleed at the place cannot be pressed on",
    "confined": "a bleed or swelling at the place would press on cord, nerve or airway",
    "over-joint": "the place lies over a joint",
    "over-bone-gap": "the place lies over a hole or thin spot in the bone",
    "distal-limb": "the place lies far out on a limb",
    "head": "the place is on the head",
    "pregnancy-caution": "the place is one that tradition avoids in pregnancy",
    "breast": "the place lies in the breast",
    "intimate": "the place is an intimate one",
    "moist-skin": "the skin of the place is moist",
}
PLANS = {
    "technique": "the planned needling is {}",
    "stimulation": "the planned stimulation is {}",
    "guidance": "the planned guidance is {}",
    "position": "the planned position is {}",
}
SITTINGS = {
    "both-sides-of-chest": "places over the wall of the chest are proposed on both sides",
    "both-lungs": "places with the lung beneath are proposed on both sides",
}


def english(expression: e.Expression, knowledge: ScreenKnowledge) -> str:
    """When does this hold? One sentence without its capital and full stop."""
    return _say(expression, knowledge, outermost=True)


def _say(expression: e.Expression, knowledge: ScreenKnowledge, *, outermost: bool = False) -> str:
    atlas = knowledge.atlas
    match expression:
        case e.Fact(id=fact):
            return f"*{knowledge.facts[fact].title}*"
        case e.Here(id=fact):
            return f"*{knowledge.facts[fact].title}* where the needle is to go"
        case e.Quantity(between=between):
            return _between(between, knowledge)
        case e.Surely(part=e.Quantity(between=between)):
            return f"{_between(between, knowledge)} (only if it was measured)"
        case e.Beneath(structure=structure):
            return f"beneath the place: {atlas.structures[structure].title}"
        case e.Feature(id=feature):
            return FEATURES[feature]
        case e.At(kind="muscle", id=muscle):
            return f"the place is, or may be, the muscle *{atlas.muscles[muscle].title}*"
        case e.At(id=region):
            return f"the place is, or may be, the region *{atlas.regions[region].title}*"
        case e.InArea(id=area):
            return f"the place lies in the area *{atlas.areas[area].title}*"
        case e.Barred():
            return "a needle never belongs at the place"
        case e.NamedCoarsely():
            return "the place was named only coarsely"
        case e.Planned(key=key, value=value):
            return PLANS[key].format("without ultrasound" if (key, value) == ("guidance", "none") else value)
        case e.NeedleMayReach(structure=structure):
            what = "any structure beneath" if structure is None else f"the {atlas.structures[structure].title}"
            return f"the planned needle is long enough to reach {what}"
        case e.Sitting(id=sitting):
            return SITTINGS.get(sitting, sitting.replace("-", " "))
        case e.All(parts=parts):
            return _join([_say(part, knowledge) for part in parts], "and", outermost=outermost)
        case e.Some(parts=parts):
            return _any(parts, knowledge, outermost=outermost)
        case e.Not(part=part):
            return _not(part, knowledge)
        case e.Surely(part=part):
            return f"it is known for sure that {_say(part, knowledge)}"
    raise TypeError(f"no words for {expression!r}")


def _any(parts: Sequence[e.Expression], knowledge: ScreenKnowledge, *, outermost: bool) -> str:
    """Alternatives; those of one kind are said in one breath."""
    facts = [part.id for part in parts if isinstance(part, e.Fact)]
    structures = [part.structure for part in parts if isinstance(part, e.Beneath)]
    rest = [part for part in parts if not isinstance(part, e.Fact | e.Beneath)]
    said: list[str] = []
    if facts:
        titles = [f"*{knowledge.facts[one].title}*" for one in facts]
        said.append(_list(titles, "or"))
    if structures:
        titles = [knowledge.atlas.structures[one].title for one in structures]
        said.append(f"beneath the place: {_list(titles, 'or')}")
    said += [_say(part, knowledge) for part in rest]
    return _join(said, "or", outermost=outermost)


def _not(part: e.Expression, knowledge: ScreenKnowledge) -> str:
    if isinstance(part, e.Fact):
        return f"not: *{knowledge.facts[part.id].title}*"
    return f"it is not so that {_say(part, knowledge)}"


def _join(parts: Sequence[str], word: str, *, outermost: bool) -> str:
    if len(parts) == 1:
        return parts[0]
    if outermost:
        return f", {word} ".join(parts)
    return f"({f' {word} '.join(parts)})"


def _list(parts: Sequence[str], word: str) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def _between(between: Between, knowledge: ScreenKnowledge) -> str:
    measurement = knowledge.measurements[between.id]
    unit = unit_word(measurement.unit)
    unit = f" {unit}" if unit else ""
    low = None if between.low is None else f"{'at least' if between.low_in else 'above'} {between.low:g}{unit}"
    high = None if between.high is None else f"{'at most' if between.high_in else 'below'} {between.high:g}{unit}"
    first = measurement.title.split()[0]
    title = measurement.title[0].lower() + measurement.title[1:] if first[1:].islower() else measurement.title
    return f"{title} {' and '.join(one for one in (low, high) if one)}"
