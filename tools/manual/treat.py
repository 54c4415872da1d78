"""The pages of the fourth step: adverse events and what to do now, grades, expected reactions, what to tell, bounds."""

from collections.abc import Iterator

from manual.known import Known
from manual.markup import bullets, page, prose, review_words, sources_list, table
from needlepoint.library.shelves import Doc

TREAT = "reference/generated/treat"
_SOURCES = "../sources.md"
_GRADES = ("mild", "significant", "serious")


def treat_pages(known: Known) -> Iterator[tuple[str, str]]:
    """Each page with its path below docs/."""
    yield f"{TREAT}/events.md", _events(known)
    yield f"{TREAT}/grades.md", _grades(known)
    yield f"{TREAT}/reactions.md", _reactions(known)
    yield f"{TREAT}/advice.md", _advice(known)
    yield f"{TREAT}/bounds.md", _bounds(known)


def _events(known: Known) -> str:
    rows = [
        (f"[{doc['title']}](#{id_})", doc["grade"], ", ".join(one for one in _GRADES if one in doc["grades"]))
        for id_, doc in known.docs("event").items()
    ]
    parts = [
        "Every kind of adverse event that a session can tell: how it is graded, what to do now, what the report asks, who is told, and what "
        "the person is told. A step marked *must* has to be answered, done or not done and why, before the note is signed. "
        "What the grades mean in general: [grades](grades.md). What is expected and is no event: [reactions](reactions.md).",
        table(["event", "graded at first", "can be"], rows),
    ]
    for id_, doc in known.docs("event").items():
        parts += _event(id_, doc, known)
    return page("Adverse events", *parts)


def _event(id_: str, doc: Doc, known: Known) -> list[str]:
    lines = [
        f"id: `{id_}`; graded **{doc['grade']}** at first; {'belongs to a muscle and side' if doc['local'] else 'belongs to no place'}"
    ]
    lines += [f"signs: {prose(one)}" for one in doc["signs"]]
    if doc.get("watch"):
        title = known.docs("watch")[doc["watch"]]["title"]
        lines.append(f"signs of the place: [{title}](../plan/warning-signs.md#{doc['watch']})")
    lines += [f"**{one}**: {prose(doc['grades'][one])}" for one in _GRADES if one in doc["grades"]]
    lines += [f"how often: [{known.docs('risk')[one]['title']}](../plan/risks.md#{one})" for one in doc["risks"]]
    steps = [
        (
            str(n),
            prose(one["words"]) + (f" *Our choice: {prose(one['choice'])}*" if one.get("choice") else ""),
            f"from {one['must_from']}" if one.get("must_from") else "",
            "; ".join(f"[{each['id']}]({_SOURCES}#{each['id']}) ({each['read']})" for each in one["sources"]),
        )
        for n, one in enumerate(doc["now"], 1)
    ]
    return [
        f"## {doc['title']} {{ #{id_} }}",
        bullets(lines),
        table(["", "now", "must", "sources"], steps),
        bullets([f"ask: {prose(one)}" for one in doc["ask"]] + [f"tell: {prose(one)}" for one in doc["report"]]),
        f"The person is told: {prose(doc['patient'])}",
        *_ends(doc),
    ]


def _ends(doc: Doc) -> list[str]:
    """Where sources differ, what is our choice, who says so, and who looked at it."""
    said = [f"Sources differ: {prose(doc['disagreement'])}"] if doc.get("disagreement") else []
    said += [f"Our choice: {prose(doc['choice'])}"] if doc.get("choice") else []
    return [*said, sources_list(doc, _SOURCES), f"Review: {review_words(doc)}."]


def _grades(known: Known) -> str:
    parts = [
        "How bad an adverse event is. Each kind of event says for itself how a grade is met: [adverse events](events.md)."
    ]
    for grade in _GRADES:
        doc = known.docs("grade")[grade]
        parts += [f"## {doc['title']} {{ #{grade} }}", prose(doc["words"]), *_ends(doc)]
    return page("Grades of adverse events", *parts)


def _reactions(known: Known) -> str:
    parts = ["What is expected after needling and is no adverse event, and from when it is one."]
    for id_, doc in known.docs("reaction").items():
        event = doc.get("event")
        into = f"; then it is [{known.docs('event')[event]['title']}](events.md#{event})" if event else ""
        lines = [
            f"id: `{id_}`",
            f"the person is told: {prose(doc['patient'])}",
            f"no longer expected: {prose(doc['beyond'])}{into}",
            *(f"how often: [{known.docs('risk')[one]['title']}](../plan/risks.md#{one})" for one in doc["risks"]),
        ]
        parts += [f"## {doc['title']} {{ #{id_} }}", prose(doc["words"]), bullets(lines), *_ends(doc)]
    return page("Expected reactions", *parts)


def _advice(known: Known) -> str:
    parts = [
        "What has to be told before the note is signed. To it come the [warning signs](../plan/warning-signs.md) of every structure beneath "
        "the muscles that were needled, in the very words of the plan.",
    ]
    for id_, doc in known.docs("advice").items():
        title = doc["title"][0].upper() + doc["title"][1:]
        parts += [f"## {title} {{ #{id_} }}", prose(doc["words"]), bullets([f"id: `{id_}`"]), *_ends(doc)]
    return page("What to tell after needling", *parts)


def _bounds(known: Known) -> str:
    parts = ["Every number of the session that no study gives."]
    for id_, doc in known.docs("bound").items():
        low, high = doc["between"]
        lines = [f"id: `{id_}`", f"value: **{doc['value']:g}** {doc['unit']}, between {low:g} and {high:g}"]
        parts += [f"## {doc['title']} {{ #{id_} }}", prose(doc["says"]), bullets(lines), *_ends(doc)]
    return page("The numbers of the session", *parts)
