"""The rows that a signed note says: made from its text when it is signed, and made again when it is verified."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5


@dataclass(frozen=True, slots=True)
class Projected:
    """Plain values for the rows of ``Session``, ``Insertion``, ``Reaction`` and ``AdverseEvent``; times as ISO text."""

    session: dict[str, Any]
    insertions: tuple[dict[str, Any], ...]
    reactions: tuple[dict[str, Any], ...]
    events: tuple[dict[str, Any], ...]


def projected(body: dict[str, Any]) -> Projected:
    """The rows that this note's body says. Ids come from the visit and the id on the device, so that they are the same each time."""
    visit, session = UUID(body["visit"]), body["session"]
    needles = session["needles"]
    whole = {one["when"]: one["value"] for one in session["pain"] if one["muscle"] is None}
    times = [one["in_at"] for one in needles] + [one["out_at"] for one in needles if one["out_at"]]
    insertion_ids = {one["needle"]: uuid5(visit, f"needle/{one['needle']}/{one['in_at']}") for one in needles}
    return Projected(
        session={
            "id": uuid5(visit, "session"),
            "started_at": min(times, default=None),
            "ended_at": max(times, default=None),
            "insertions": len(needles),
            "twitches": sum(one["twitches"] for one in needles),
            "pain_before": _whole(whole.get("before")),
            "pain_after": _whole(whole.get("after")),
            "not_done": (session["not_done"] or "")[:300],
        },
        insertions=tuple(
            {
                "id": insertion_ids[one["needle"]],
                "muscle": one["muscle"],
                "side": one["side"],
                "length_mm": one["length_mm"],
                "diameter_mm": one["diameter_mm"],
                "lot": one["lot"],
                "in_at": one["in_at"],
                "out_at": one["out_at"],
                "twitches": one["twitches"],
            }
            for one in needles
        ),
        reactions=tuple(
            {"kind": one["kind"], "muscle": one["muscle"] or "", "side": one["side"] or ""}
            for one in session["reactions"]
        ),
        events=tuple(
            {
                "id": uuid5(visit, f"event/{one['id']}"),
                "kind": one["kind"],
                "grade": one["grade"],
                "muscle": one["muscle"] or "",
                "side": one["side"] or "",
                "insertion_id": insertion_ids.get(one["needle"]),
                "text": one["text"],
                "steps": one["steps"],
            }
            for one in session["events"]
        ),
    )


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
