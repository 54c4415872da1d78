"""The pages of the third step: depths one by one, approaches muscle by muscle, numbers, risks, warning signs."""

from collections.abc import Iterator

from manual.known import Known
from manual.markup import bullets, page, prose, review_words, sources_list, table
from needlepoint.library.shelves import Doc

PLAN = "reference/generated/plan"
_KINDS = {"limit": "bounds plans", "shown": "is only shown"}


def plan_pages(known: Known) -> Iterator[tuple[str, str]]:
    """Each page with its path below docs/."""
    yield f"{PLAN}/depths.md", _depths(known)
    yield f"{PLAN}/approaches.md", _approaches(known)
    yield f"{PLAN}/numbers.md", _numbers(known)
    yield f"{PLAN}/risks.md", _risks(known)
    yield f"{PLAN}/warning-signs.md", _watches(known)
    for id_, doc in known.docs("depth").items():
        yield f"{PLAN}/depths/{id_}.md", _depth(id_, doc, known)
    for id_, doc in known.docs("approach").items():
        yield f"{PLAN}/approaches/{id_}.md", _approach(id_, doc, known)


def _structure(to: str, known: Known) -> str:
    structures = known.docs("structure")
    return str(structures[to]["title"]) if to in structures else to.replace("-", " ")


def _muscle(id_: str, known: Known) -> str:
    return str(known.docs("muscle")[id_]["title"])


def _depths(known: Known) -> str:
    rows = [
        (
            _structure(doc["to"], known),
            f"[{doc['title']}](depths/{id_}.md)",
            doc["method"],
            doc["people"]["words"],
            _KINDS[doc["use"]],
        )
        for id_, doc in sorted(known.docs("depth").items(), key=lambda one: (_structure(one[1]["to"], known), one[0]))
    ]
    return page(
        "Published depths",
        "Every published distance from the skin that the plan knows. Those that *bound plans* set a stop depth; the others are only shown, and "
        "say why. How a figure becomes a bound: [how deep is a needle allowed to go](../../../explanation/depth.md).",
        table(["to", "what", "method", "people", "it"], rows),
    )


def _figures(doc: Doc) -> list[tuple[str, ...]]:
    def mm(one: Doc, key: str) -> str:
        return f"{one[key]:g}" if key in one else ""

    return [
        (
            one["what"],
            one.get("sex", ""),
            f"{one['bmi'][0]:g} to {one['bmi'][1]:g}" if "bmi" in one else "",
            str(one.get("n", "")),
            mm(one, "mean") or mm(one, "median") or mm(one, "mm"),
            mm(one, "sd"),
            mm(one, "at_least") or mm(one, "p5"),
            mm(one, "at_most"),
        )
        for one in doc["figures"]
    ]


def _depth(id_: str, doc: Doc, known: Known) -> str:
    muscles = ", ".join(f"[{_muscle(one, known)}](../approaches/{one}.md)" for one in doc["muscles"])
    regions = ", ".join(str(known.docs("region")[one]["title"]) for one in doc["regions"])
    lines = [
        f"id: `{id_}`; it {_KINDS[doc['use']]}"
        + (f": {prose(doc['why_only_shown'])}" if doc.get("why_only_shown") else ""),
        f"from the skin to: {_structure(doc['to'], known)}",
        f"where: {prose(doc['spot'])}",
        f"muscles: {muscles or 'none'}" + (f"; regions: {regions}" if regions else ""),
        f"method: {doc['method']}; posture: {prose(doc['posture'])}; path: {prose(doc['path'])}"
        + (f"; breathing: {prose(doc['breathing'])}" if doc.get("breathing") else ""),
        f"people: {prose(doc['people']['words'])}",
    ]
    lines += [f"note: {prose(doc['note'])}"] if doc.get("note") else []
    lines += [f"sources differ: {prose(doc['disagreement'])}"] if doc.get("disagreement") else []
    lines += [f"our choice: {prose(doc['choice'])}"] if doc.get("choice") else []
    parts = ["[All depths](../depths.md)", bullets(lines)]
    if doc["figures"]:
        heads = ["figure, mm", "sex", "BMI", "people", "middle", "SD", "least", "most"]
        parts += ["## Figures", table(heads, _figures(doc))]
    for one in doc["equations"]:
        terms = " ".join(f"{factor:+g} · {measure}" for measure, factor in one["factors"].items())
        bounds = "; ".join(f"{measure} {low:g} to {high:g}" for measure, (low, high) in one["bounds"].items())
        error = (
            f"standard error {one['standard_error']:g} mm"
            if "standard_error" in one
            else "no standard error was published"
        )
        parts += ["## Equation", f"mm = {one['constant']:g} {terms}, for {bounds}; {error}."]
    parts += ["## Sources", sources_list(doc, "../../sources.md"), f"Review: {review_words(doc)}."]
    return page(doc["title"], *parts)


def _approaches(known: Known) -> str:
    rows = [
        (
            f"[{_muscle(id_, known)}](approaches/{id_}.md)",
            "; ".join(f"{way['name']} (at most {way['at_most_mm']:g} mm)" for way in doc["ways"]) or "not needled",
        )
        for id_, doc in known.docs("approach").items()
    ]
    return page(
        "Approaches",
        "How each muscle may be needled, the preferred way first. The greatest depth is straight beneath the skin, or into a lifted fold; "
        "the plan of a person is often shallower.",
        table(["muscle", "ways"], rows),
    )


def _approach(id_: str, doc: Doc, known: Known) -> str:
    parts = [f"[All approaches](../approaches.md); [the muscle](../../atlas/muscles/{id_}.md)"]
    lies = doc.get("lies")
    if lies:
        parts.append(
            f"The muscle lies from **{lies['starts']:g} to {lies['ends']:g} mm** beneath the skin. {prose(lies['words'])}"
        )
    if not doc["ways"]:
        parts.append('!!! danger "Not needled"\n\n    No way of needling it is known to us that we would stand for.')
    for way in doc["ways"]:
        lines = [
            f"technique: {way['technique']}; grip: {way['grip']}" + (", the fold is lifted" if way["lifted"] else ""),
            f"lies: {prose(way['position'])}",
            f"hands: {prose(way['hands'])}",
            f"direction: {prose(way['direction'])}",
            f"angle: {way['angle_deg']:g}° from straight in",
            f"at most **{way['at_most_mm']:g} mm**: {prose(way['at_most_because'])}",
            f"needle {way['diameter_mm']:g} mm thick; at most {way['insertions_max']} insertions; stays {way['dwell_minutes']:g} minutes",
        ]
        lines += [
            f"cannot meet: {_structure(one['structure'], known)}. {prose(one['because'])}" for one in way["clear_of"]
        ]
        lines += [f"warning: {prose(one)}" for one in way["warnings"]]
        parts += [f"## {way['name']}", bullets(lines), sources_list(way, "../../sources.md")]
    if doc["hazards"]:
        rows = [(_structure(one["structure"], known), one["why"], one["avoid_by"]) for one in doc["hazards"]]
        parts += ["## Hazards", table(["structure", "why", "avoided by"], rows)]
    for key, title in (
        ("instead", "Instead of a needle"),
        ("disagreement", "Sources differ"),
        ("choice", "Our choice"),
    ):
        if doc.get(key):
            parts += [f"## {title}", prose(doc[key])]
    depths = [
        f"[{one['title']}](../depths/{depth}.md) ({_KINDS[one['use']]})"
        for depth, one in known.docs("depth").items()
        if id_ in one["muscles"]
    ]
    if depths:
        parts += ["## Published depths here", bullets(depths)]
    parts += ["## Sources", sources_list(doc, "../../sources.md"), f"Review: {review_words(doc)}."]
    return page(f"{_muscle(id_, known)}: how it is needled", *parts)


def _numbers(known: Known) -> str:
    parts = ["Every number of the plan that no study gives, what it does, and why it is what it is."]
    for id_, doc in known.docs("number").items():
        low, high = doc["between"]
        lines = [f"id: `{id_}`", f"value: **{doc['value']:g}** {doc['unit']}, between {low:g} and {high:g}"]
        parts += _entry(id_, doc, doc["says"], lines)
    for id_, doc in known.docs("stock").items():
        sizes = ", ".join(f"{one['length_mm']:g} × {one['diameter_mm']:g}" for one in doc["needles"])
        parts += _entry(id_, doc, f"Length by thickness in mm: {sizes}.", [f"id: `{id_}`"])
    return page("The numbers of the plan", *parts)


def _risks(known: Known) -> str:
    parts = ["What the consent tells, how often it happens, and from where that is known."]
    for id_, doc in known.docs("risk").items():
        rate = f"{doc['happened']:g} in {doc['among']:g} {doc['unit']}" if "happened" in doc else "no rate is known"
        lines = [f"id: `{id_}`; {doc['group']}", f"rate: {rate}"]
        lines += [f"uncertain: {prose(doc['uncertain'])}"] if doc.get("uncertain") else []
        if doc["structures"]:
            lines.append(f"told where these lie: {', '.join(_structure(one, known) for one in doc['structures'])}")
        lines += [f"sources differ: {prose(doc['disagreement'])}"] if doc.get("disagreement") else []
        parts += _entry(id_, doc, doc["words"], lines)
    return page("Risks, as the consent tells them", *parts)


def _watches(known: Known) -> str:
    parts = ["What to watch for after needling near each structure, and what to do at once."]
    for id_, doc in known.docs("watch").items():
        lines = [
            f"id: `{id_}`; from {doc['from_hours']:g} to {doc['to_hours']:g} hours; stays {doc['stay_minutes']:g} minutes",
            f"after needling near: {', '.join(_structure(one, known) for one in doc['structures'])}",
            f"the clinician sees: {'; '.join(map(prose, doc['clinician']))}. **{prose(doc['act_clinician'])}**",
            f"the person is told: {'; '.join(map(prose, doc['patient']))}. **{prose(doc['act_patient'])}**",
        ]
        parts += _entry(id_, doc, "", lines)
    return page("Warning signs after needling", *parts)


def _entry(id_: str, doc: Doc, says: str, lines: list[str]) -> list[str]:
    choice = [f"Our choice: {prose(doc['choice'])}"] if doc.get("choice") else []
    return [f"## {doc['title']} {{ #{id_} }}", prose(says), bullets(lines), *choice, sources_list(doc, "../sources.md")]
