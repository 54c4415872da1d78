"""The pages of the second step: dangers, look-alikes, problems, symptoms, and the numbers of the ranking."""

from collections.abc import Iterator
from typing import Any

from manual.known import Known
from manual.markup import bullets, page, prose, sources_list, table
from needlepoint.library.shelves import Doc

LOCATE = "reference/generated/locate"
_SOURCES = "../sources.md"


def locate_pages(known: Known) -> Iterator[tuple[str, str]]:
    """Each page with its path below docs/."""
    yield f"{LOCATE}/red-flags.md", _red_flags(known)
    yield f"{LOCATE}/look-alikes.md", _look_alikes(known)
    yield f"{LOCATE}/problems.md", _problems(known)
    yield f"{LOCATE}/symptoms.md", _symptoms(known)
    yield f"{LOCATE}/first-looks.md", _first_looks(known)
    yield f"{LOCATE}/weights.md", _weights(known)


def _red_flags(known: Known) -> str:
    parts = [
        "Signs of something that needles must not delay. A flag that *stops* leaves no muscle ranked until it is settled; "
        "one that *warns* stands above the ranking."
    ]
    for id_, doc in known.docs("red_flag").items():
        lines = [
            f"id: `{id_}`; it {'stops' if doc['stops'] else 'warns'}",
            f"holds when: {_sign(doc['when'], known)}",
            f"do: {prose(doc['action'])}",
        ]
        parts += _entry(id_, doc, lines)
    return page("Red flags", *parts)


def _sign(when: dict[str, Any], known: Known) -> str:
    """A sign in words."""
    ((key, value),) = when.items()
    match key:
        case "all" | "any":
            inner = (" and " if key == "all" else " or ").join(_sign(one, known) for one in value)
            return f"({inner})"
        case "has":
            return f"[{known.docs('symptom')[value]['title'].lower()}](symptoms.md#{value})"
        case "pain_in":
            return f"pain in {', '.join(known.place(one).lower() for one in value)}"
        case "older_than" | "younger_than":
            return f"{key.replace('_', ' ')} {value}"
        case _:
            return f"{key} {value}"


def _look_alikes(known: Known) -> str:
    parts = [
        "What else hurts there and is no muscle. These stand beside the ranking and are never hidden; what more speaks for comes first."
    ]
    for id_, doc in known.docs("look_alike").items():
        lines = [
            f"id: `{id_}`; kind: {doc['kind']}",
            f"where: {', '.join(known.place(one).lower() for one in doc['regions'])}",
        ]
        if doc.get("side"):
            lines.append(f"side: {doc['side']}")
        if doc["raised_by"]:
            lines.append(f"raised by: {', '.join(one.replace('-', ' ') for one in doc['raised_by'])}")
        parts += [f"## {doc['title']} {{ #{id_} }}", prose(doc["why"]), bullets(lines), sources_list(doc, _SOURCES)]
    return page("Look-alikes", *parts)


def _problems(known: Known) -> str:
    parts = [
        "What a person presents with, and in how many of the people of a study each muscle held an active trigger point. "
        "The studies are small and the examiners knew the diagnosis, so each figure is drawn towards the usual rate; "
        "studies that disagree are not averaged, the largest counts."
    ]
    muscles = known.docs("muscle")
    for id_, doc in known.docs("problem").items():
        parts += [f"## {doc['title']} {{ #{id_} }}"]
        if doc["names"]:
            parts.append(f"Words: {', '.join(prose(one) for one in doc['names'])}.")
        for study in doc["studies"]:
            rows = [
                (
                    f"[{muscles[one['muscle']]['title']}](../atlas/muscles/{one['muscle']}.md)",
                    f"{one['count']} of {study['people']}"
                    if "count" in one
                    else f"{one['percent']:g} % of {study['people']}",
                )
                for one in study["active"]
            ]
            parts += [table(["muscle", "active point"], rows), sources_list(study, _SOURCES)]
            if study.get("note"):
                parts.append(prose(study["note"]))
        parts.append(_choice(doc))
    return page("Presenting problems", *parts)


def _symptoms(known: Known) -> str:
    parts = ["What may accompany a pain, in the words in which people tell it, and the question that asks for it."]
    of: dict[str, list[str]] = {}
    for muscle, doc in known.docs("muscle").items():
        for symptom in doc["symptoms"]:
            of.setdefault(symptom, []).append(f"[{doc['title']}](../atlas/muscles/{muscle}.md)")
    for id_, doc in known.docs("symptom").items():
        lines = [f"id: `{id_}`", f"words: {', '.join(prose(one) for one in doc['names'])}"]
        if doc.get("question"):
            lines.append(f"question: {prose(doc['question'])}")
        if id_ in of:
            lines.append(f"may go with: {', '.join(of[id_])}")
        parts += [f"## {doc['title']} {{ #{id_} }}", bullets(lines), sources_list(doc, _SOURCES)]
    rows = [
        (doc["title"], ", ".join(doc["names"]), "yes" if doc["nerve_like"] else "")
        for doc in known.docs("quality").values()
    ]
    parts += ["## How a pain feels", table(["quality", "words", "nerves thought of first"], rows)]
    return page("Symptoms", *parts)


def _first_looks(known: Known) -> str:
    muscles = known.docs("muscle")
    rows = [
        (
            doc["title"],
            ", ".join(f"[{muscles[one]['title']}](../atlas/muscles/{one}.md)" for one in doc["muscles"]),
        )
        for doc in known.docs("customary").values()
    ]
    return page(
        "Customary first looks",
        "Which muscles are customarily looked at first when pain lies there, in that order. It is taught, not measured, and counts little.",
        table(["pain", "muscles"], rows),
        sources_list(next(iter(known.docs("customary").values())), _SOURCES),
    )


def _weights(known: Known) -> str:
    parts = [
        "Every number of the ranking, what it does and why it is what it is. Those marked *fitted* were set on the half "
        "of the published cases that was drawn for tuning; see [how muscles are ranked](../../../explanation/locate.md)."
    ]
    for id_, doc in known.docs("weight").items():
        unit = f" {doc['unit']}" if doc.get("unit") else ""
        lines = [
            f"id: `{id_}`",
            f"value: **{doc['value']:g}**{unit}, between {doc['between'][0]:g} and {doc['between'][1]:g}",
        ]
        if doc["fitted"]:
            lines.append("fitted")
        parts += _entry(id_, doc, lines)
    return page("The numbers of the ranking", *parts)


def _entry(id_: str, doc: Doc, lines: list[str]) -> list[str]:
    return [
        f"## {doc['title']} {{ #{id_} }}",
        prose(doc["says"]),
        bullets(lines),
        _choice(doc),
        sources_list(doc, _SOURCES),
    ]


def _choice(doc: Doc) -> str:
    return f"Our choice: {prose(doc['choice'])}" if doc.get("choice") else ""
