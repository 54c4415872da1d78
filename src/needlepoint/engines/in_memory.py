"""The judge: people one by one through the core, slow and obvious. What it says is so, and the databases have to agree."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from needlepoint.engines.columns import EVIDENCE, PERSON, WORDS_MISSING, FactColumns
from needlepoint.engines.compiled import CLEARANCE, COMPLETE
from needlepoint.engines.named import FINDINGS, OPEN_QUESTIONS, REGION_FINDINGS, result_schema
from needlepoint.engines.questions import open_questions
from needlepoint.engines.turned import place_name
from needlepoint.screen import Answers, ScreenKnowledge
from needlepoint.screen.sheet import Column, Line, true_and_open
from needlepoint.terms import Level

AT_ONCE = 2_000


def screen_in_memory(facts: Path, knowledge: ScreenKnowledge, out: Path, progress: Callable[[int], None]) -> None:
    """Screen everyone in these facts, person by person, in the order of the rows. ``progress`` is told how many are done."""
    columns = FactColumns.of(knowledge)
    schema = result_schema([place_name(proposal) for proposal in knowledge.sheet.every_place])
    done = 0
    with pq.ParquetFile(facts) as file, pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in file.iter_batches(batch_size=AT_ONCE, columns=columns.schema().names):
            rows = list(_concluded(batch, columns, knowledge))
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            done += len(rows)
            progress(done)


def _concluded(batch: pa.RecordBatch, columns: FactColumns, knowledge: ScreenKnowledge) -> Iterator[dict[str, object]]:
    for row in batch.to_pylist():
        yield {
            PERSON: row[PERSON],
            **conclude(columns.answers(row), row[WORDS_MISSING], knowledge),
            WORDS_MISSING: row[WORDS_MISSING],
            EVIDENCE: row[EVIDENCE],
        }


def conclude(answers: Answers, words_missing: int, knowledge: ScreenKnowledge) -> Mapping[str, object]:
    """What ``screen.assess`` would conclude of this person with nothing proposed, as a row of the table of results.

    ``words_missing``: so many words of what was told about the person were not understood.
    """
    sheet = knowledge.sheet
    person = sheet.person(())
    columns = [sheet.place(proposal) for proposal in sheet.every_place]
    true, unknown = true_and_open(sheet, [person, *columns], answers)

    of_person = person.level(true)
    of_places = [max(of_person, column.level(true)) for column in columns]
    still_open = [
        person.could_worsen(unknown, of_person),
        *(column.could_worsen(unknown, level) for column, level in zip(columns, of_places, strict=True)),
    ]
    complete = not any(still_open) and not (words_missing and of_person < Level.STOP)
    floor = Level.CLEAR if complete else Level.ADAPT
    return {
        CLEARANCE: max(of_person, floor).word,
        COMPLETE: complete,
        FINDINGS: _rules_that_hold([person], true),
        REGION_FINDINGS: _rules_that_hold(columns, true),
        OPEN_QUESTIONS: list(open_questions(answers, sheet.residues, still_open)),
        **{
            place_name(proposal): max(level, floor).word
            for proposal, level in zip(sheet.every_place, of_places, strict=True)
        },
    }


def _rules_that_hold(columns: list[Column], true: int) -> list[str]:
    """The ids of the rules that hold in any of the columns, the weightiest first, then by the alphabet."""
    holding: set[Line] = {line for column in columns for line in column.lines if true >> line.number & 1}
    levels: dict[str, Level] = {}
    for line in holding:
        levels[line.rule.id] = max(line.level, levels.get(line.rule.id, Level.CLEAR))
    return sorted(levels, key=lambda rule: (-levels[rule], rule))
