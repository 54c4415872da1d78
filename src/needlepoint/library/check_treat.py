"""Looking for faults in the knowledge of ``treat``: a grade that nobody defines, a serious event without anything to do, a link to nothing."""

from typing import TYPE_CHECKING

from needlepoint.library.shelves import Doc
from needlepoint.treat import Grade
from needlepoint.treat.knowledge import BOUNDS

if TYPE_CHECKING:
    from needlepoint.library.build import Builder

#: Advice made from the warning signs of the plan is called this and the id of the signs.
SIGNS = "signs-"
#: The kind for what no other kind is.
OTHER = "other"


def check_treat(builder: "Builder") -> None:
    """Every id resolved, every grade defined, every number in its bounds; faults go onto the shelves."""
    if not builder.docs["event"]:
        return
    for grade in Grade:
        if grade not in builder.docs["grade"]:
            builder.shelves.fault("grade", grade, (), f"treat/grades/{grade}.yaml is missing")
    if OTHER not in builder.docs["event"]:
        builder.shelves.fault(
            "event", OTHER, (), "treat/events/other.yaml is missing: something always is no other kind"
        )
    for id_, doc in builder.docs["event"].items():
        _event(builder, id_, doc)
    if not any(doc["broken"] for doc in builder.docs["event"].values()):
        builder.shelves.fault(
            "event", "broken-needle", (), "no event accounts for a needle that did not come out whole"
        )
    for id_, doc in builder.docs["reaction"].items():
        builder.resolve("reaction", id_, ("risks",), doc["risks"], "risk")
        if doc.get("event"):
            builder.resolve("reaction", id_, ("event",), [doc["event"]], "event")
    for id_, doc in builder.docs["advice"].items():
        builder.resolve("advice", id_, ("structures",), doc["structures"], "structure")
        if id_.startswith(SIGNS):
            builder.shelves.fault("advice", id_, ("id",), f"'{SIGNS}' belongs to the warning signs of plan/watch")
    _bounds(builder)


def _event(builder: "Builder", id_: str, doc: Doc) -> None:
    def fault(path: tuple[str | int, ...], what: str) -> None:
        builder.shelves.fault("event", id_, path, what)

    builder.resolve("event", id_, ("risks",), doc["risks"], "risk")
    if doc.get("watch"):
        builder.resolve("event", id_, ("watch",), [doc["watch"]], "watch")
    if doc["grade"] not in doc["grades"]:
        fault(("grade",), f"'{doc['grade']}' is not defined under `grades`")
    steps = [one["id"] for one in doc["now"]]
    for n, step in enumerate(steps):
        if step in steps[:n]:
            fault(("now", n, "id"), f"the step '{step}' stands here twice")
    if "serious" in doc["grades"] and not any(one.get("must_from") for one in doc["now"]):
        fault(("now",), "it may be serious, so at least one step needs `must_from`")
    for n, one in enumerate(doc["now"]):
        if one.get("must_from") and not any(Grade(each).rank >= Grade(one["must_from"]).rank for each in doc["grades"]):
            fault(("now", n, "must_from"), f"no grade of this event is as bad as {one['must_from']}")


def _bounds(builder: "Builder") -> None:
    for id_, doc in builder.docs["bound"].items():
        low, high = doc["between"]
        if not low <= doc["value"] <= high:
            builder.shelves.fault("bound", id_, ("value",), f"{doc['value']:g} is outside {low:g} to {high:g}")
        if id_ not in BOUNDS:
            builder.shelves.fault("bound", id_, ("id",), "no part of the session asks for this number")
    for missing in sorted(BOUNDS - builder.docs["bound"].keys()):
        builder.shelves.fault("bound", missing, (), f"treat/bounds/{missing}.yaml is missing")
