"""Looking for faults in the knowledge of ``plan``: a hazard that nobody speaks of, a depth that means nothing, a number out of its bounds."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from needlepoint.library.models_plan import LAYERS
from needlepoint.library.shelves import Doc
from needlepoint.plan.numbers import NUMBERS
from needlepoint.plan.reach import HELD_BACK

if TYPE_CHECKING:
    from needlepoint.library.build import Builder

#: A shallow needle stays in skin and fat.
SHALLOW_MM = 6.0


def check_plan(builder: "Builder") -> None:
    """Every id resolved, every hazard of a muscle spoken of, every number in its bounds; faults go onto the shelves."""
    if not builder.docs["number"]:
        return
    _depths(builder)
    for id_, doc in builder.docs["approach"].items():
        _approach(builder, id_, doc)
    for id_ in builder.docs["muscle"]:
        if id_ not in builder.docs["approach"]:
            builder.shelves.fault(
                "muscle", id_, ("id",), f"no plan/approaches/{id_}.yaml says how it is needled, or that it is not"
            )
    _numbers(builder)
    for kind in ("risk", "watch"):
        for id_, doc in builder.docs[kind].items():
            builder.resolve(kind, id_, ("structures",), doc["structures"], "structure")
    for id_, doc in builder.docs["risk"].items():
        _risk(builder, id_, doc)
    _watched_once(builder)


def _depths(builder: "Builder") -> None:
    for id_, doc in builder.docs["depth"].items():
        builder.resolve("depth", id_, ("muscles",), doc["muscles"], "muscle")
        builder.resolve("depth", id_, ("regions",), doc["regions"], "region")

        def fault(path: Iterable[str | int], what: str, id_: str = id_) -> None:
            builder.shelves.fault("depth", id_, tuple(path), what)

        if doc["to"] not in builder.docs["structure"] and doc["to"] not in LAYERS:
            fault(("to",), f"'{doc['to']}' is no structure, nor one of {', '.join(LAYERS)}")
        if not doc["muscles"] and not doc["regions"]:
            fault(("muscles",), "say at which muscles or regions it was measured")
        if not doc["figures"] and not doc["equations"]:
            fault(("figures",), "a depth without a figure says nothing")
        if (doc["use"] == "shown") != ("why_only_shown" in doc):
            fault(("use",), "what is only shown says why in `why_only_shown`; what limits does not")
        for n, one in enumerate(doc["figures"]):
            _figure(one, n, fault)
        for n, one in enumerate(doc["equations"]):
            if doc["use"] == "limit" and any(
                factor < 0 for key, factor in one["factors"].items() if key != "age_years"
            ):
                fault(("equations", n, "factors"), "a larger body would get a shallower depth: it may only be shown")
            for measure in one["factors"]:
                if measure not in one["bounds"]:
                    fault(("equations", n, "bounds"), f"say between which values of {measure} it was found")


def _figure(doc: Doc, n: int, fault: Callable[[Iterable[str | int], str], None]) -> None:
    least, most, middle = doc.get("at_least"), doc.get("at_most"), doc.get("mean", doc.get("median"))
    ordered = [one for one in (least, doc.get("p5"), middle, most) if one is not None]
    if ordered != sorted(ordered):
        fault(("figures", n), "the least, the fifth percentile, the middle and the most are not in order")
    for key in ("bmi", "age"):
        if key in doc and doc[key][0] >= doc[key][1]:
            fault(("figures", n, key), "the first value must be the smaller one")


def _approach(builder: "Builder", id_: str, doc: Doc) -> None:
    def fault(path: tuple[str | int, ...], what: str) -> None:
        builder.shelves.fault("approach", id_, path, what)

    muscle = builder.docs["muscle"].get(id_)
    if muscle is None:
        fault(("id",), f"there is no muscle '{id_}'")
        return
    told = [one["structure"] for one in doc["hazards"]]
    builder.resolve("approach", id_, ("hazards",), told, "structure")
    for missing in sorted(set(muscle["beneath"]) - set(told)):
        fault(("hazards",), f"'{missing}' lies beneath this muscle, and nothing here says how it is avoided")
    if muscle.get("barred") and doc["ways"]:
        fault(("ways",), "this muscle is barred, so it has no ways")
    if not doc["ways"] and not doc.get("instead"):
        fault(("instead",), "without a way to needle it, say what may be done instead")
    lies = doc.get("lies")
    if lies and lies["starts"] >= lies["ends"]:
        fault(("lies", "ends"), "a muscle ends deeper than it starts")
    for n, way in enumerate(doc["ways"]):
        for k, clear in enumerate(way["clear_of"]):
            builder.resolve("approach", id_, ("ways", n, "clear_of", k), [clear["structure"]], "structure")
        if way["technique"] in HELD_BACK:
            if way["technique"] == "superficial" and way["at_most_mm"] > SHALLOW_MM:
                fault(("ways", n, "at_most_mm"), f"a superficial needle stays within {SHALLOW_MM:g} mm")
        elif lies and way["at_most_mm"] <= lies["starts"]:
            fault(("ways", n, "at_most_mm"), "this way ends before the muscle starts, so it can never reach it")
        if way["lifted"] and way["grip"] != "pincer":
            fault(("ways", n, "grip"), "a fold is lifted with a pincer grip")


def _numbers(builder: "Builder") -> None:
    for id_, doc in builder.docs["number"].items():
        low, high = doc["between"]
        if not low <= doc["value"] <= high:
            builder.shelves.fault("number", id_, ("value",), f"{doc['value']:g} is outside {low:g} to {high:g}")
        if id_ not in NUMBERS:
            builder.shelves.fault("number", id_, ("id",), "no part of the plan asks for this number")
    for missing in sorted(NUMBERS - builder.docs["number"].keys()):
        builder.shelves.fault("number", missing, (), f"plan/numbers/{missing}.yaml is missing")


def _risk(builder: "Builder", id_: str, doc: Doc) -> None:
    if (doc["of"] == "structure") != bool(doc["structures"]):
        builder.shelves.fault(
            "risk", id_, ("structures",), "name structures for a risk of places, and none for a risk of everyone"
        )
    if ("happened" in doc) != ("among" in doc):
        builder.shelves.fault(
            "risk", id_, ("happened",), "a count needs its denominator: say both `happened` and `among`"
        )
    elif "happened" in doc and doc["happened"] > doc["among"]:
        builder.shelves.fault("risk", id_, ("happened",), "more than the denominator")
    elif "happened" not in doc and not doc.get("uncertain"):
        builder.shelves.fault("risk", id_, ("uncertain",), "without a rate, say that none is known")


def _watched_once(builder: "Builder") -> None:
    taken: dict[str, str] = {}
    for id_, doc in builder.docs["watch"].items():
        if doc["from_hours"] >= doc["to_hours"]:
            builder.shelves.fault("watch", id_, ("to_hours",), "the time of watching ends before it starts")
        for n, structure in enumerate(doc["structures"]):
            other = taken.setdefault(structure, id_)
            if other != id_:
                builder.shelves.fault("watch", id_, ("structures", n), f"'{structure}' also stands in {other}")
    for structure in builder.docs["structure"]:
        if structure not in taken:
            builder.shelves.fault("structure", structure, ("id",), "no file of plan/watch holds its warning signs")
