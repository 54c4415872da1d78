"""What a muscle file says beyond its hazards: referral zones, symptoms, footprint and trigger points."""

from typing import TYPE_CHECKING, Any

from needlepoint.body.outline import STRAIGHT, Mark, Outline
from needlepoint.body.parts import Referral, TriggerPoint, Zone
from needlepoint.library.shelves import Doc

if TYPE_CHECKING:
    from needlepoint.library.build import Builder

#: No straight view of the neutral body reaches further than this from its origin, in metres.
_REACH_M = 1.75


def muscle_details(builder: "Builder", id_: str, doc: Doc) -> dict[str, Any]:
    """The details as arguments of ``Muscle``."""
    attachments = doc.get("attachments", {})
    referral = doc.get("referral")
    return {
        "fma": doc.get("fma"),
        "uberon": doc.get("uberon"),
        "origin": attachments.get("origin"),
        "insertion": attachments.get("insertion"),
        "action": doc.get("action"),
        "referral": _referral(builder, id_, referral) if referral else None,
        "symptoms": tuple(one for one in doc["symptoms"] if one in builder.docs["symptom"]),
        "footprint": tuple(_outline(one) for one in doc["footprint"]),
        "trigger_points": tuple(
            TriggerPoint(one["name"], Mark(one["view"], tuple(one["within"]), (one["at"][0], one["at"][1])))
            for one in doc["trigger_points"]
        ),
    }


def check_muscles(builder: "Builder") -> None:
    """Zones, symptoms and drawings must mean something; faults go onto the shelves."""
    places = {
        *builder.docs["region"],
        *(one["id"] for part in builder.docs["skin"].values() for one in part["patches"]),
    }
    for id_, doc in builder.docs["muscle"].items():
        builder.resolve("muscle", id_, ("symptoms",), doc["symptoms"], "symptom")
        for n, zone in enumerate(doc.get("referral", {}).get("zones", ())):
            if zone["region"] not in places:
                what = f"there is no region or patch '{zone['region']}'"
                builder.shelves.fault("muscle", id_, ("referral", "zones", n, "region"), what)
        for n, outline in enumerate(doc["footprint"]):
            _check_points(builder, id_, ("footprint", n, "points"), outline["view"], outline["points"])
        for n, point in enumerate(doc["trigger_points"]):
            _check_points(builder, id_, ("trigger_points", n, "at"), point["view"], [point["at"]])


def _check_points(
    builder: "Builder", id_: str, path: tuple[str | int, ...], view: str, points: list[list[float]]
) -> None:
    for first, second in points:
        if view in STRAIGHT and max(abs(first), abs(second)) > _REACH_M:
            builder.shelves.fault(
                "muscle", id_, path, f"({first}, {second}) lies off the body: the view '{view}' is in metres"
            )
        elif view not in STRAIGHT and not (-1 <= first <= 2 and -360 <= second <= 720):
            builder.shelves.fault(
                "muscle", id_, path, f"({first}, {second}): the view '{view}' is in shares of the bone and degrees"
            )


def _referral(builder: "Builder", id_: str, doc: Doc) -> Referral:
    zones = tuple(Zone(one["region"], one["zone"] == "main", one["side"], one.get("weight")) for one in doc["zones"])
    return Referral(zones, builder.cited("muscle", id_, doc, ("referral",)), doc.get("disagreement"))


def _outline(doc: Doc) -> Outline:
    points = tuple((first, second) for first, second in doc["points"])
    return Outline(doc["view"], tuple(doc["within"]), points)
