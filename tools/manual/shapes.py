"""The pages of the JSON shapes that other programs may rely on: one page for each schema, as tables."""

from collections.abc import Iterator
from typing import Any

from manual.markup import page, table
from needlepoint.exchange.answers.schema import SCHEMAS, schema

PAGES = {
    "case": (
        "The case file",
        "A case file is YAML or JSON. Every key is optional; what is left out is *not known*. A key that is not listed is refused, so that no slip "
        "is silently lost. An empty list (`medicines: []`) means *asked, none*; a missing one means *not asked*.",
    ),
    "locate": (
        "The answer of locate",
        "What `needlepoint locate CASE --format json` prints. Candidates come best first; each probability is *this muscle contributes to the pain*, "
        "so they need not add up to one. Keys may be added; those listed here keep their names, places and meanings.",
    ),
    "assess": (
        "The answer of assess",
        "What `needlepoint assess CASE --format json` prints: the answers of screen, locate and plan beside each other, "
        "and whether the first muscles may be needled.",
    ),
    "plan": (
        "The answer of plan",
        "What `needlepoint plan CASE --format json` prints. A place has a plan, or `declined` says why not and the plan's own keys are `null`. "
        "Lengths are in mm; `stop_depth_mm` is straight beneath the skin, or into a lifted fold. Keys may be added; those listed here keep "
        "their names, places and meanings.",
    ),
    "screen": (
        "The answer of screen",
        "What `needlepoint screen CASE --format json` prints. Keys may be added; those listed here keep their names, places and meanings. "
        "`sites` in a finding are positions in the list `sites`, counted from 0. `from` is the place in the input.",
    ),
}
_KINDS = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "yes or no",
    "null": "nothing",
    "object": "mapping",
}


EXAMPLE = """\
```yaml
needlepoint: 1
on: 2026-03-02                        # the day of the visit
person: {age: 31, sex: female, height_cm: 170, weight_kg: 62, pregnant: no}
conditions: ["tension-type headache", {text: "hip replacement", side: left, since: 2019}]
medicines: ["apixaban 5 mg", {text: "ibuprofen", active: no}]
allergies: ["nickel"]
implants: []                          # asked: none
measurements: {platelets_10e9_per_l: 180, inr: {value: 2.4, on: 2026-02-27}}
answers: {needle_fear: no, consents: yes}
proposed:
  - {muscle: upper trapezius, side: left, technique: deep, stimulation: none, guidance: none, position: prone,
     needle: {length_mm: 30, diameter_mm: 0.25}}
  - {region: interscapular, side: right}
  - {site: "GB21, both sides"}        # plain words and point codes too
```"""


def shape_pages() -> Iterator[tuple[str, str]]:
    """Each page with its path below docs/."""
    for name in SCHEMAS:
        title, about = PAGES.get(name, (f"The shape of {name}", ""))
        yield f"reference/{name}.md", _shape(name, title, about)


def _shape(name: str, title: str, about: str) -> str:
    found = schema(name)
    parts = [
        about,
        EXAMPLE if name == "case" else "",
        f"`needlepoint schema {name}` prints the whole JSON Schema.",
        "## The whole",
        _keys(found),
    ]
    for part, inner in found.get("$defs", {}).items():
        parts += [
            f"## {part} {{ #{part.lower()} }}",
            " ".join(inner.get("description", "").replace("``", "`").split()),
            _keys(inner),
        ]
    return page(title, *parts)


def _keys(shape: dict[str, Any]) -> str:
    required = set(shape.get("required", ()))
    rows = []
    for key, value in shape.get("properties", {}).items():
        rows.append((f"`{key}`", kind_of(value), "always" if key in required else "may be left out", _limits(value)))
    return table(["key", "holds", "there", "limits"], rows)


def kind_of(value: dict[str, Any]) -> str:
    """What a key holds, in words, with links to the parts of this page."""
    if "$ref" in value:
        part = value["$ref"].rpartition("/")[2]
        return f"[{part}](#{part.lower()})"
    if "anyOf" in value:
        kinds = dict.fromkeys(kind_of(one) for one in value["anyOf"])
        return " or ".join([*(one for one in kinds if one != "nothing"), *(["nothing"] if "nothing" in kinds else [])])
    if "enum" in value:
        return " or ".join(f"`{one}`" for one in value["enum"])
    if "const" in value:
        return f"`{value['const']}`"
    if value.get("type") == "array":
        inner = kind_of(value.get("items", {}))
        return f"list, each {inner}" if " or " in inner else f"list of {inner}"
    if value.get("type") == "string" and value.get("format") == "date":
        return "day (2026-03-02)"
    if value.get("type") == "object" and isinstance(value.get("additionalProperties"), dict):
        return f"mapping from names to {kind_of(value['additionalProperties']).removesuffix(' or nothing')}"
    return _KINDS.get(value.get("type", ""), "anything")


def _limits(value: dict[str, Any]) -> str:
    words = {"minimum": "at least", "exclusiveMinimum": "above", "maximum": "at most", "exclusiveMaximum": "below"}
    found = [
        f"{word} {one[key]:g}" for one in (value, *value.get("anyOf", ())) for key, word in words.items() if key in one
    ]
    return ", ".join(found)
