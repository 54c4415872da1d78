"""Made-up people for timing: a few thousand with believable answers, drawn again and again until there are a million.

Nothing here is a study of anyone. How common each fact is, is drawn at random between one in thirty and one in thirty thousand; most
people have lists of conditions and medicines and have not been asked anything else, as in a record system; the rest also filled in the
questionnaire.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from needlepoint.engines.columns import (
    EVIDENCE,
    EVIDENCE_TYPE,
    PERSON,
    WORDS_MISSING,
    FactColumns,
    fact_column,
    place_column,
    quantity_column,
)
from needlepoint.screen import FactKind, ScreenKnowledge

SEED = 20261123
ROWS_AT_ONCE = 100_000


def made_up(knowledge: ScreenKnowledge, count: int) -> pa.Table:
    """A table of facts of so many different made-up people."""
    random = np.random.default_rng(SEED)
    columns = FactColumns.of(knowledge)
    asked_today = random.random(count) < 0.3
    table: dict[str, pa.Array] = {}
    true: dict[str, np.ndarray] = {}
    for fact in columns.facts:
        definition = knowledge.facts.get(fact)
        answer = definition is None or definition.kind is FactKind.ANSWER
        adverse = definition is None or definition.adverse
        common = 10 ** -random.uniform(1.5, 4.5)
        yes = random.random(count) < (common if adverse else 0.99)
        unknown = (~asked_today | (random.random(count) < 0.01)) if answer else random.random(count) < 0.002
        unknown &= ~(yes & (random.random(count) < 0.5)) | ~np.full(count, adverse)
        true[fact] = yes & ~unknown
        table[fact_column(fact)] = pa.array(yes, mask=unknown)
    bits = max(1, 2 * len(knowledge.atlas.areas))
    for fact in columns.located:
        where = np.left_shift(np.int64(1), random.integers(0, bits, count)) | np.left_shift(
            np.int64(1), random.integers(0, bits, count)
        )
        table[place_column(fact)] = pa.array(where, mask=~true[fact] | (random.random(count) < 0.3))
    for one in columns.quantities:
        low, high = knowledge.measurements[one].plausible if one in knowledge.measurements else (0.0, 100.0)
        values = np.round(random.normal((low + high) / 2, (high - low) / 8, count), 1)
        table[quantity_column(one)] = pa.array(values, mask=random.random(count) < 0.95)
    table[WORDS_MISSING] = pa.array((random.random(count) < 0.1).astype(np.int32))
    table[EVIDENCE] = _evidence(true, count, random)
    table[PERSON] = pa.array([f"person-{n:07}" for n in range(count)])
    schema = columns.schema()
    return pa.table([table[name] for name in schema.names], schema=schema)


def _evidence(true: dict[str, np.ndarray], count: int, random: np.random.Generator) -> pa.Array:
    facts = list(true)
    people, which = np.nonzero(np.stack([true[fact] for fact in facts], axis=1)) if facts else (np.zeros(0, int),) * 2
    offsets = np.concatenate([[0], np.cumsum(np.bincount(people, minlength=count))]).astype(np.int32)
    names = pa.array(facts, pa.string())
    days = pa.array(random.integers(15_000, 20_500, len(which)).astype(np.int32)).cast(pa.date32())
    entries = pa.StructArray.from_arrays(
        [
            names.take(pa.array(which)),
            names.take(pa.array(which)),
            pa.array([f"Condition/{n:08x}-{n * 2654435761 % 2**32:08x}" for n in range(len(which))], pa.string()),
            pa.array([f"{n * 7919:08}" for n in which], pa.string()),
            days,
        ],
        fields=list(EVIDENCE_TYPE.value_type),
    )
    return pa.ListArray.from_arrays(pa.array(offsets), entries, type=EVIDENCE_TYPE)


def resample(people: pa.Table, count: int, out: Path) -> None:
    """Draw so many people from these, each with a name of their own, in the order of the names."""
    random = np.random.default_rng(SEED)
    at = people.schema.get_field_index(PERSON)
    with pq.ParquetWriter(out, people.schema, compression="zstd") as writer:
        for start in range(0, count, ROWS_AT_ONCE):
            rows = min(ROWS_AT_ONCE, count - start)
            drawn = people.take(pa.array(random.integers(0, people.num_rows, rows)))
            names = pa.array([f"person-{n:09}" for n in range(start, start + rows)])
            writer.write_table(drawn.set_column(at, people.schema.field(at), names).cast(people.schema))
