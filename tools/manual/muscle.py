"""The page of a muscle: where it lies and sends pain, what goes with it, how it is reached, and what lies beneath."""

from collections.abc import Iterator

from manual.known import Known
from manual.markup import bullets, page, prose, review_words, sources_list, table
from needlepoint.exchange.pictures import legend_words, muscle_pictures
from needlepoint.exchange.pictures.body import swatch
from needlepoint.library.shelves import Doc

WORST = ("life-threatening", "disabling", "significant", "mild")
_SIDES = {"same": "", "other": "other side", "both": "both sides"}


def muscle_page(id_: str, doc: Doc, known: Known) -> str:
    """The whole page, the pictures first."""
    parts = ["[The atlas](../index.md)", *_danger(doc), *_pictures(id_, known), *_sends_pain(doc, known)]
    parts += [
        *_goes_with_it(doc, known),
        *_trigger_points(doc),
        *_reached(doc),
        *_beneath(doc, known),
        *_distances(doc, known),
    ]
    for key, title in (("disagreement", "Sources differ"), ("choice", "Our choice")):
        if doc.get(key):
            parts += [f"## {title}", prose(doc[key])]
    parts += ["## Names and place", bullets(_facts(id_, doc, known))]
    parts += ["## Sources", sources_list(doc, "../../sources.md"), f"Review: {review_words(doc)}."]
    return page(doc["title"], *parts)


def _danger(doc: Doc) -> list[str]:
    return [f'!!! danger "Not to be needled"\n\n    {prose(doc["barred"])}'] if doc.get("barred") else []


def _pictures(id_: str, known: Known) -> list[str]:
    """The muscle of the left side, from where it is best seen, with a legend."""
    muscle = known.knowledge.atlas.muscles[id_]
    if not muscle.footprint and not muscle.referral:
        return []
    pictures = muscle_pictures(muscle, known.locate, at_most=3)
    figures = "".join(f"<figure>{one.svg}</figure>" for one in pictures)
    kinds = [kind for one in pictures for kind in one.kinds]
    legend = "".join(f"<li>{swatch(kind, f'legend-{kind}')} {words}</li>" for kind, words in legend_words(kinds))
    return [f'<div class="muscle-pictures">{figures}</div>\n<ul class="muscle-legend">{legend}</ul>']


def _sends_pain(doc: Doc, known: Known) -> list[str]:
    referral = doc.get("referral")
    if not referral:
        return []
    rows = [
        (
            known.place(zone["region"]),
            zone["zone"],
            _SIDES[zone["side"]],
            f"{zone['weight']:g}" if "weight" in zone else "",
        )
        for zone in referral["zones"]
    ]
    heads = ["place", "zone", "side", "weight"]
    used = [n for n in range(len(heads)) if n < 2 or any(row[n] for row in rows)]
    parts = ["## Where it sends pain", table([heads[n] for n in used], [[row[n] for n in used] for row in rows])]
    if all(one["read"] == "recall" for one in referral["sources"]):
        parts.append("This is the pattern of textbooks; no study of it was seen.")
    parts.append(sources_list(referral, "../../sources.md"))
    if referral.get("disagreement"):
        parts.append(f"**Sources differ:** {prose(referral['disagreement'])}")
    return parts


def _goes_with_it(doc: Doc, known: Known) -> list[str]:
    symptoms = known.docs("symptom")
    named = [f"[{symptoms[one]['title']}](../../locate/symptoms.md#{one})" for one in doc["symptoms"]]
    return ["## What may go with it", bullets(named)] if named else []


def _trigger_points(doc: Doc) -> list[str]:
    names = [prose(one["name"]) for one in doc["trigger_points"]]
    return ["## Trigger points often found", bullets(names)] if names else []


def _reached(doc: Doc) -> list[str]:
    words = " ".join(prose(doc[key]) for key in ("position", "approach") if doc.get(key))
    return ["## How it is reached", words] if words else []


def _beneath(doc: Doc, known: Known) -> list[str]:
    structures = known.docs("structure")
    rows = [
        (f"[{structures[one]['title']}](../structures.md#{one})", structures[one]["harm"], structures[one]["worst"])
        for one in sorted(doc["beneath"], key=lambda one: (WORST.index(structures[one]["worst"]), one))
    ]
    nothing = "Nothing is recorded beneath it that a needle could hurt badly."
    return ["## What lies beneath", table(["structure", "harm", "at worst"], rows) if rows else nothing]


def _distances(doc: Doc, known: Known) -> list[str]:
    if not doc["distances"]:
        return []
    structures = known.docs("structure")
    rows = [
        (
            f"{one['mm']:g}",
            structures[one["structure"]]["title"],
            one["what"],
            one["people"],
            ", ".join(f"[{cited['id']}](../../sources.md#{cited['id']}) ({cited['read']})" for cited in one["sources"]),
        )
        for one in sorted(doc["distances"], key=lambda one: (one["structure"], one["mm"]))
    ]
    return [
        "## Published distances from the skin",
        "Each figure stands for itself, for the people it was measured in. None is averaged; a rule uses the shallowest.",
        table(["mm", "to", "what", "people", "source"], rows),
    ]


def _facts(id_: str, doc: Doc, known: Known) -> Iterator[str]:
    regions = known.docs("region")
    yield f"id: `{id_}`"
    if doc.get("latin"):
        yield f"Latin: *{doc['latin']}*"
    if doc["names"]:
        yield f"also called: {', '.join(prose(one) for one in doc['names'])}"
    for key in ("fma", "uberon"):
        if doc.get(key):
            yield f"ontology: `{doc[key]}`"
    if doc.get("attachments"):
        yield f"from: {prose(doc['attachments']['origin'])}"
        yield f"to: {prose(doc['attachments']['insertion'])}"
    if doc.get("action"):
        yield f"does: {prose(doc['action'])}"
    yield "skin over it: " + ", ".join(f"[{regions[one]['title']}](../regions.md#{one})" for one in doc["regions"])
    yield f"layer: {doc['depth']}"
    if doc.get("nerve"):
        yield f"nerve: {prose(doc['nerve'])}" + (f" ({', '.join(doc['roots'])})" if doc["roots"] else "")
    if doc["features"]:
        yield f"features: {', '.join(doc['features'])}"
