"""The page of choices: everything that is Needlepoint's own and no source's, for a clinician's review."""

from collections.abc import Iterable, Iterator
from datetime import date

from manual.clinic_choices import WORDS, number_rows
from manual.known import Known
from manual.markup import LEVELS, page, prose, table
from needlepoint.library.shelves import Doc
from needlepoint.screen import Answers, Finding, Proposal, assess
from needlepoint.screen.assess import BUILT_IN


def choices_page(known: Known) -> str:
    """Every choice, the weightiest level first."""
    parts = [
        "Where no source sets a level or a cut-off, it is our own, and the file says so under `choice:`. Here are all of them, for a clinician "
        "to agree with or to change. The weightiest come first.",
        "## Built in",
        "These hold whatever the knowledge says. To change one is a change of the program, with a page under *Decisions*.",
        table(["level", "what", "why it is our choice"], _built_in(known)),
        "## Rules",
    ]
    rules = sorted(known.docs("rule").values(), key=lambda doc: (LEVELS.index(doc["level"]), doc["id"]))
    for level in LEVELS:
        rows = [
            (f"{doc['title']} (`{doc['id']}`)", doc["scope"], prose(doc["choice"]), _leans(doc))
            for doc in rules
            if doc["level"] == level and doc.get("choice")
        ]
        if rows:
            parts += [f"### {level}", table(["rule", "speaks of", "our choice", "sources"], rows)]
    parts += [
        "### Rules that rest on memory or on our judgement alone",
        "No source behind these was seen. They should be looked at first.",
        table(
            ["level", "rule", "says"],
            [(doc["level"], f"{doc['title']} (`{doc['id']}`)", prose(doc["says"])) for doc in rules if _unseen(doc)],
        ),
        "## Facts",
        table(
            ["fact", "our choice"],
            [
                (f"{doc['title']} (`{id_}`)", prose(doc["choice"]))
                for id_, doc in known.docs("fact").items()
                if doc.get("choice")
            ],
        ),
        "### How long a recent thing counts",
        table(
            ["fact", "weeks"],
            [
                (f"{doc['title']} (`{id_}`)", f"{doc['within_weeks']:g}")
                for id_, doc in known.docs("fact").items()
                if doc.get("within_weeks")
            ],
        ),
        "## Measurements",
        "How long a value is taken to hold. After that it counts as not known.",
        table(["measurement", "days", "our choice"], _measurements(known)),
        "## The body",
        table(["what", "our choice"], _of_kinds(known, ("structure", "region", "muscle"))),
        "## Red flags",
        "Which signs stop the ranking of muscles, and which only warn: that is our choice for each of them, also where its sources were seen.",
        table(
            ["flag", "it", "says"],
            [
                (f"{doc['title']} (`{id_}`)", "stops" if doc["stops"] else "warns", prose(doc["says"]))
                for id_, doc in known.docs("red_flag").items()
            ],
        ),
        "## The ranking of muscles",
        "Every number of the ranking that is our own, or that was fitted.",
        table(
            ["number", "value", "our choice"],
            [
                (f"{doc['title']} (`{id_}`)", f"{doc['value']:g}", prose(doc.get("choice", "")))
                for id_, doc in known.docs("weight").items()
            ],
        ),
        table(["what", "our choice"], _of_kinds(known, ("problem", "symptom", "quality", "customary", "look_alike"))),
    ]
    parts += [
        "## The plan",
        "Every number of the plan is our own.",
        table(
            ["number", "value", "our choice"],
            [
                (f"{doc['title']} (`{id_}`)", f"{doc['value']:g} {doc['unit']}", prose(doc.get("choice", "")))
                for id_, doc in known.docs("number").items()
            ],
        ),
        "What is built into the plan: a mean without its spread of another spot says nothing of this one; figures for a class of body mass "
        "index count for everyone slimmer; in a lifted fold the middle of what was published counts instead of its lower end; a needle that "
        "does not pass the rib has not passed what lies behind it; nobody pregnant lies prone, nor on the back from 20 weeks; nobody who "
        "faints, or of whom that is not known, is needled sitting; a danger sign refuses every place.",
        "The greatest depth of every way of every muscle is ours as well where its page says so: see "
        "[approaches](../reference/generated/plan/approaches.md).",
        table(["which", "our choice"], _grouped(known, ("approach", "depth", "risk", "watch", "stock"))),
        "## The session",
        table(
            ["number", "value", "our choice"],
            [
                (f"{doc['title']} (`{id_}`)", f"{doc['value']:g} {doc['unit']}", prose(doc.get("choice", "")))
                for id_, doc in known.docs("bound").items()
            ],
        ),
        "What is built into the session: it cannot be signed while a needle is in, a needle was not looked at, pain before or after was not "
        "asked, reactions were not answered, or advice was not given; which steps of an event have to be answered before is our choice for each "
        "of them (*must* in [adverse events](../reference/generated/treat/events.md)); an act that was taken back twice comes back only when both "
        "are taken back; of two who saw a needle come out, the one who saw it broken counts.",
        table(["which", "our choice"], [*_grouped(known, ("grade", "event", "reaction", "advice")), *_steps(known)]),
        "## The clinic",
        "To change one of these is a change of the program.",
        table(["number", "value", "our choice"], number_rows()),
        table(["which", "our choice"], WORDS),
    ]
    return page("Choices for a clinician's review", *parts)


def _built_in(known: Known) -> Iterator[tuple[str, str, str]]:
    for one in sorted(built_in_findings(known), key=lambda finding: -finding.level):
        yield one.level.finding_word, f"{one.title} (`{one.id}`). {prose(one.says)}", prose(one.choice or "")
    yield "", "A side that was not said counts as both sides.", "The safer reading."
    yield "", "The worrying answer wins when two entries differ.", "The safer reading; the contradiction is shown."
    yield (
        "",
        "A place answers with the worst of the person's level and its own.",
        "A person who must not be needled must not be needled anywhere.",
    )


def _leans(doc: Doc) -> str:
    return ", ".join(dict.fromkeys(f"{one['id']} ({one['read']})" for one in doc["sources"]))


def _unseen(doc: Doc) -> bool:
    return all(one["read"] == "recall" or one["id"] == "needlepoint-judgement" for one in doc["sources"])


def _measurements(known: Known) -> Iterator[tuple[str, str, str]]:
    for id_, doc in known.docs("measurement").items():
        days = str(doc["valid_days"]) if doc.get("valid_days") else "does not age"
        yield f"{doc['title']} (`{id_}`)", days, prose(doc.get("choice", ""))


def _of_kinds(known: Known, kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
    for kind in kinds:
        for id_, doc in known.docs(kind).items():
            if doc.get("choice"):
                yield f"{kind.replace('_', ' ')}: {doc['title']} (`{id_}`)", prose(doc["choice"])


def _steps(known: Known) -> Iterator[tuple[str, str]]:
    for id_, doc in known.docs("event").items():
        for one in doc["now"]:
            if one.get("choice"):
                yield f"step: `{id_}`, `{one['id']}`", prose(one["choice"])


def _grouped(known: Known, kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The choices of these kinds; a sentence that many files share stands once."""
    for kind in kinds:
        sharing: dict[str, list[str]] = {}
        for id_, doc in known.docs(kind).items():
            if doc.get("choice"):
                sharing.setdefault(prose(doc["choice"]), []).append(f"`{id_}`")
        for choice, ids in sharing.items():
            yield f"{kind}: {', '.join(ids)}", choice


def built_in_findings(known: Known) -> tuple[Finding, ...]:
    """The findings that are no rules, as they come out for somebody of whom nothing is known, at a place that nobody knows."""
    nowhere = Proposal(None, "somewhere", "proposed[0]")
    clearance = assess(Answers(), (nowhere,), known.knowledge, on=date(2026, 1, 1))
    return tuple(one for one in clearance.findings if one.id in BUILT_IN)
