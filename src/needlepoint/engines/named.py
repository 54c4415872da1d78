"""From marks back to words: the table of results, one row a person, in plain names.

Everything up to here was bits; here, at the very end, they become names. Levels and ids are ENUMs, which DuckDB writes into Parquet as
dictionaries. A list of ids is put together from short ready-made lists, one for every few bits: far faster than asking bit by bit.

**The regions are columns**, one each, called "left calf": this is the plainest to ask (``WHERE "left calf" = 'stop'``) and, as dictionaries
of four words, costs at most a quarter of a byte a place. Lists of regions, one for each level, would be shorter only for people of whom
nothing is open, and every question to them would need a function.
"""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from needlepoint.engines.as_sql import as_name, quoted
from needlepoint.engines.bits import BITS, word, words_for
from needlepoint.engines.columns import EVIDENCE, EVIDENCE_TYPE, PERSON, WORDS_MISSING
from needlepoint.engines.compiled import AT_LEAST, CLEARANCE, COMPLETE, FINDING, QUESTION, REGION_FINDING
from needlepoint.engines.turned import TurnedSheet
from needlepoint.terms import Level

FINDINGS, REGION_FINDINGS, OPEN_QUESTIONS = "findings", "region_findings", "open_questions"

#: So many bits are looked up at once: there are 2 to the power of this ready-made lists for each group of bits.
LOOKED_UP = 6

ENUMS = {
    CLEARANCE: "a_clearance",
    FINDINGS: "a_finding",
    REGION_FINDINGS: "a_region_finding",
    OPEN_QUESTIONS: "a_question",
}


def result_schema(places: Sequence[str]) -> pa.Schema:
    """The Arrow schema of a table of results over these places."""
    return pa.schema(
        [
            pa.field(PERSON, pa.string()),
            pa.field(CLEARANCE, pa.string()),
            pa.field(COMPLETE, pa.bool_()),
            pa.field(FINDINGS, pa.list_(pa.string())),
            pa.field(REGION_FINDINGS, pa.list_(pa.string())),
            pa.field(OPEN_QUESTIONS, pa.list_(pa.string())),
            pa.field(WORDS_MISSING, pa.int32()),
            *(pa.field(place, pa.string()) for place in places),
            pa.field(EVIDENCE, EVIDENCE_TYPE),
        ]
    )


def enum_types(turned: TurnedSheet) -> tuple[str, ...]:
    """Statements that make the ENUMs of the words that can stand in the results."""
    words = {
        CLEARANCE: [level.word for level in Level],
        FINDINGS: [line.rule for line in turned.person_lines],
        REGION_FINDINGS: [line.rule for line in turned.place_lines],
        OPEN_QUESTIONS: [question.id for question in turned.questions],
    }
    return tuple(
        f"CREATE TYPE {ENUMS[name]} AS ENUM ({', '.join(map(quoted, dict.fromkeys(ids or ['nothing'])))})"
        for name, ids in words.items()
    )


def named(turned: TurnedSheet, marks: str) -> str:
    """The query that turns the marks (a query, too) into the table of results."""
    kinds = [f"{_level_of_kind(kind)} AS kind_{kind}" for kind in range(turned.kinds)]
    lists = [
        f"{_names(FINDING, [line.rule for line in turned.person_lines], ENUMS[FINDINGS])} AS {FINDINGS}",
        f"{_names(REGION_FINDING, [line.rule for line in turned.place_lines], ENUMS[REGION_FINDINGS])} AS {REGION_FINDINGS}",
        f"{_names(QUESTION, [question.id for question in turned.questions], ENUMS[OPEN_QUESTIONS])} AS {OPEN_QUESTIONS}",
    ]
    level = _case([(f"{CLEARANCE} = {int(level)}", level) for level in (Level.STOP, Level.WEIGH, Level.ADAPT)])
    steps = [PERSON, f"{level} AS {CLEARANCE}", COMPLETE, *lists, WORDS_MISSING, *kinds, EVIDENCE]
    places = [f"kind_{kind} AS {as_name(place)}" for place, kind in zip(turned.places, turned.kind_of, strict=True)]
    shown = [PERSON, CLEARANCE, COMPLETE, FINDINGS, REGION_FINDINGS, OPEN_QUESTIONS, WORDS_MISSING, *places, EVIDENCE]
    return f"SELECT {', '.join(shown)} FROM (SELECT {', '.join(steps)} FROM ({marks}) AS marks) AS named"  # noqa: S608


def _level_of_kind(kind: int) -> str:
    """The level of one kind of place: the worst set that it is in."""
    n, at = divmod(kind, BITS)
    return _case(
        [(f"{word(AT_LEAST[level], n)} & {1 << at} <> 0", level) for level in (Level.STOP, Level.WEIGH, Level.ADAPT)]
    )


def _case(branches: Iterable[tuple[str, Level]]) -> str:
    enum = ENUMS[CLEARANCE]
    whens = " ".join(f"WHEN {condition} THEN {quoted(level.word)}::{enum}" for condition, level in branches)
    return f"CASE {whens} ELSE {quoted(Level.CLEAR.word)}::{enum} END"


def _names(name: str, ids: Sequence[str], enum: str) -> str:
    """The list of the ids whose bits are set. A word without any is not looked at further: most are, of most people."""
    words = []
    for n in range(words_for(len(ids))):
        groups = []
        of_word = ids[n * BITS : (n + 1) * BITS]
        for start in range(0, len(of_word), LOOKED_UP):
            few = of_word[start : start + LOOKED_UP]
            ready = ", ".join(
                _list([one for at, one in enumerate(few) if bits >> at & 1]) for bits in range(1 << len(few))
            )
            groups.append(f"([{ready}]::{enum}[][])[1 + (({word(name, n)} >> {start}) & {(1 << len(few)) - 1})]")
        if groups:
            words.append(f"CASE WHEN {word(name, n)} = 0 THEN []::{enum}[] ELSE flatten([{', '.join(groups)}]) END")
    return f"flatten([{', '.join(words)}])" if words else f"[]::{enum}[]"


def _list(ids: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, ids))}]"
