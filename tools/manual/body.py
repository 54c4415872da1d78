"""The pages of the atlas: muscles one by one, regions, structures, areas and points."""

from collections.abc import Iterator

from manual.known import Known
from manual.markup import bullets, page, prose, sources_list, table
from manual.muscle import muscle_page

ATLAS = "reference/generated/atlas"


def body_pages(known: Known) -> Iterator[tuple[str, str]]:
    """Each page with its path below docs/."""
    yield f"{ATLAS}/index.md", _index(known)
    yield f"{ATLAS}/regions.md", _regions(known)
    yield f"{ATLAS}/structures.md", _structures(known)
    yield f"{ATLAS}/points.md", _points(known)
    yield f"{ATLAS}/words.md", _words(known)
    for id_, doc in known.docs("muscle").items():
        yield f"{ATLAS}/muscles/{id_}.md", muscle_page(id_, doc, known)


def _index(known: Known) -> str:
    areas = known.docs("area")
    regions = known.docs("region")
    parts = [
        f"{len(known.docs('muscle'))} muscles, {len(regions)} regions of the skin, {len(known.knowledge.atlas.points)} acupuncture points "
        f"(as names of places) and {len(known.docs('structure'))} structures that a needle can hurt.",
        bullets(
            [
                "[Regions](regions.md): named places of the skin, and what lies beneath each",
                "[Structures](structures.md): what can be hurt, how badly, and the warning signs",
                "[Points](points.md): acupuncture points and where they lie",
                "[Coarse words](words.md): words that stand for several places",
            ]
        ),
    ]
    for area, title in ((id_, doc["title"]) for id_, doc in areas.items()):
        rows = [
            (
                f"[{doc['title']}](muscles/{id_}.md)",
                doc["depth"],
                ", ".join(
                    dict.fromkeys(
                        known.place(zone["region"])
                        for zone in doc.get("referral", {}).get("zones", [])
                        if zone["zone"] == "main"
                    )
                ),
                ", ".join(known.docs("structure")[one]["title"] for one in doc["beneath"]),
            )
            for id_, doc in known.docs("muscle").items()
            if regions[doc["regions"][0]]["area"] == area
        ]
        if rows:
            parts += [f"## {title}", table(["muscle", "layer", "sends pain to", "beneath"], rows)]
    return page("The atlas", *parts)


def _regions(known: Known) -> str:
    structures = known.docs("structure")
    over: dict[str, list[str]] = {}
    for muscle, doc in known.docs("muscle").items():
        for region in doc["regions"]:
            over.setdefault(region, []).append(f"[{doc['title']}](muscles/{muscle}.md)")
    parts = ["Named places of the skin. A place that was only named as a region carries what lies beneath all of it."]
    for id_, doc in known.docs("region").items():
        lines = [
            f"id: `{id_}`"
            + (", left and right" if doc["paired"] else ", in the middle")
            + f"; area: {known.docs('area')[doc['area']]['title']}"
        ]
        if doc["names"]:
            lines.append(f"words: {', '.join(prose(one) for one in doc['names'])}")
        if doc.get("barred"):
            lines.append(f"**not to be needled:** {prose(doc['barred'])}")
        if doc["beneath"]:
            lines.append(
                "beneath: " + ", ".join(f"[{structures[one]['title']}](structures.md#{one})" for one in doc["beneath"])
            )
        if doc["features"]:
            lines.append(f"features: {', '.join(doc['features'])}")
        if id_ in over:
            lines.append(f"muscles: {', '.join(over[id_])}")
        lines += [f"our choice: {prose(doc['choice'])}"] if doc.get("choice") else []
        parts += [f"## {doc['title']} {{ #{id_} }}", bullets(lines), sources_list(doc, "../sources.md")]
    return page("Regions", *parts)


def _structures(known: Known) -> str:
    parts = [
        "What a needle can hurt, and how badly that could end. The [hazard log](../../../safety/hazard-log.md) lists what guards against each."
    ]
    for id_, doc in known.docs("structure").items():
        lines = [f"id: `{id_}`", f"harm: {prose(doc['harm'])}; at worst {doc['worst']}"]
        if doc["warning_signs"]:
            lines.append(f"warning signs: {'; '.join(prose(one) for one in doc['warning_signs'])}")
        title = doc["title"][0].upper() + doc["title"][1:]
        parts += [f"## {title} {{ #{id_} }}", bullets(lines), sources_list(doc, "../sources.md")]
    return page("Structures", *parts)


def _points(known: Known) -> str:
    muscles, regions = known.docs("muscle"), known.docs("region")
    parts = [
        "Acupuncture points serve here as names of places: many clinicians write them. Nothing of their traditional meaning is used, "
        "except that points which tradition avoids in pregnancy are marked.",
    ]
    for letters, doc in known.docs("meridian").items():
        also = f" Also written: {', '.join(str(one) for one in doc['prefixes'])}." if doc["prefixes"] else ""
        rows = [
            (
                one["code"],
                one["name"],
                ", ".join(f"[{muscles[m]['title']}](muscles/{m}.md)" for m in one["muscles"]) or "none by itself",
                ", ".join(f"[{regions[r]['title']}](regions.md#{r})" for r in one["regions"]),
                "; ".join([*one["features"], *([one["note"]] if one.get("note") else [])]),
            )
            for one in doc["points"]
        ]
        parts += [
            f"## {letters}: {doc['name']} {{ #{letters.lower()} }}",
            f"{'Left and right.' if doc['paired'] else 'In the middle.'}{also}",
        ]
        parts += [table(["point", "name", "muscles", "regions", "also"], rows), sources_list(doc, "../sources.md")]
    return page("Points", *parts)


def _words(known: Known) -> str:
    muscles, regions = known.docs("muscle"), known.docs("region")
    rows = [
        (
            ", ".join(str(one) for one in doc["names"]),
            ", ".join(
                [*(muscles[one]["title"] for one in doc["muscles"]), *(regions[one]["title"] for one in doc["regions"])]
            ),
        )
        for doc in known.docs("coarse").values()
    ]
    return page(
        "Coarse words",
        "A word that stands for several places carries the hazards of all of them, and the answer says that the place was named coarsely.",
        table(["words", "stand for"], rows),
    )
