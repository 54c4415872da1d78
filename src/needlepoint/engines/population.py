"""The table of facts as it lies on disk: is it whole, is it one row a person, and is it in order?"""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from needlepoint.engines.columns import PERSON, WORDS_MISSING, FactColumns
from needlepoint.engines.error import EngineError


@dataclass(frozen=True, slots=True)
class Population:
    """How many people a table of facts holds, and whether they stand in the order of their ids.

    ``always`` are the columns that are filled for everybody, ``never`` those that are filled for nobody, as far as the file says so itself.
    """

    people: int
    in_order: bool
    always: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


def look_over(facts: Path, columns: FactColumns) -> Population:
    """Can these facts be screened with rules that need these columns? Raises ``EngineError`` saying why not."""
    try:
        schema = pq.read_schema(facts)
    except (OSError, pa.ArrowInvalid) as error:
        raise EngineError(f"{facts}: this is no Parquet file that can be read ({_first_line(error)})") from None
    _compare(facts, schema, columns.schema())
    people, in_order, before = 0, True, None
    with pq.ParquetFile(facts) as file:
        for batch in file.iter_batches(columns=[PERSON, WORDS_MISSING]):
            if not batch.num_rows:
                continue
            if batch[PERSON].null_count or batch[WORDS_MISSING].null_count:
                raise EngineError(
                    f"{facts}: '{PERSON}' and '{WORDS_MISSING}' must be filled in every row: one of them is empty"
                )
            ids = batch[PERSON] if before is None else pa.concat_arrays([before, batch[PERSON]])
            here = len(ids) - 1
            if pc.any(pc.equal(ids.slice(1), ids.slice(0, here))).as_py():
                raise EngineError(two_rows(facts))
            in_order = in_order and not pc.any(pc.less(ids.slice(1), ids.slice(0, here))).as_py()
            people += batch.num_rows
            before = ids.slice(here)
        always, never = _filled(file.metadata)
    return Population(people, in_order, always, never)


def _filled(metadata: pq.FileMetaData) -> tuple[frozenset[str], frozenset[str]]:
    """The columns that are filled for everybody, and for nobody. What the file does not say is in neither."""
    empty: dict[str, int | None] = {}
    for group in (metadata.row_group(n) for n in range(metadata.num_row_groups)):
        for column in (group.column(n) for n in range(group.num_columns)):
            statistics = column.statistics if column.is_stats_set else None
            here = statistics.null_count if statistics is not None and statistics.has_null_count else None
            before = empty.get(column.path_in_schema, 0)
            empty[column.path_in_schema] = None if here is None or before is None else before + here
    always = frozenset(name for name, count in empty.items() if count == 0)
    return always, frozenset(name for name, count in empty.items() if count == metadata.num_rows and count)


def two_rows(facts: Path) -> str:
    """What to say when a person stands in two rows."""
    return f"{facts}: a person stands in two rows: put all that is known of a person into one"


def _compare(facts: Path, found: pa.Schema, wanted: pa.Schema) -> None:
    """Are the columns that the rules need there, and of the right type?"""
    missing = [field.name for field in wanted if field.name not in found.names]
    if missing:
        shown = ", ".join(missing[:8]) + (f" and {len(missing) - 8} more" if len(missing) > 8 else "")
        raise EngineError(
            f"{facts}: the rules ask for facts that this table does not hold: {shown}",
            "Build the table of facts again with this knowledge; to compare two, build it with the columns of both.",
        )
    for field in wanted:
        there = found.field(field.name).type
        if there != field.type and not _as_good(there, field.type):
            raise EngineError(f"{facts}: column '{field.name}' holds {there}, and has to hold {field.type}")


def _as_good(there: pa.DataType, wanted: pa.DataType) -> bool:
    """Texts may be stored in other ways, and the names inside of lists do not matter."""
    if pa.types.is_dictionary(there):
        return _as_good(there.value_type, wanted)
    if pa.types.is_list(wanted):
        return (pa.types.is_list(there) or pa.types.is_large_list(there)) and _as_good(
            there.value_type, wanted.value_type
        )
    if pa.types.is_struct(wanted):
        return pa.types.is_struct(there) and [one.name for one in there] == [one.name for one in wanted]
    return bool(there == wanted or (pa.types.is_string(wanted) and pa.types.is_large_string(there)))


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
