"""How texts, names and files are written in SQL."""

import glob
from pathlib import Path


def quoted(text: str) -> str:
    """A text."""
    return "'" + text.replace("'", "''") + "'"


def as_name(text: str) -> str:
    """The name of a column."""
    return '"' + text.replace('"', '""') + '"'


def parquet(*paths: Path) -> str:
    """Parquet files as one table, in this order; a star or a bracket in a path is only that."""
    return f"read_parquet([{', '.join(quoted(glob.escape(str(path))) for path in paths)}])"
