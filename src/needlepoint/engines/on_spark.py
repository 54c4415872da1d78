"""Many people on Spark: the same query as in DuckDB, on one machine or on a cluster.

``NEEDLEPOINT_SPARK_MASTER`` names the cluster (``spark://host:7077``, ``yarn``); ``SPARK_REMOTE`` a Spark Connect server (``sc://host``).
Without either, Spark runs in this process's machine. All workers must see the folder of the results: the marks of all people are left
there for a moment, and put into plain names, in one file, by the machine that asked.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from needlepoint.engines.as_sql import parquet
from needlepoint.engines.columns import PERSON, FactColumns
from needlepoint.engines.compiled import marks, sql
from needlepoint.engines.error import EngineError
from needlepoint.engines.in_duckdb import open_duckdb, write_named
from needlepoint.engines.population import Population
from needlepoint.engines.turned import TurnedSheet

MASTER = "NEEDLEPOINT_SPARK_MASTER"
REMOTE = "SPARK_REMOTE"


def screen_on_spark(
    facts: Path,
    turned: TurnedSheet,
    columns: FactColumns,
    out: Path,
    *,
    population: Population,
    metadata: Mapping[str, str],
    progress: Callable[[float], None],
) -> None:
    """Screen everyone in these facts. ``progress`` is told which part is done, from 0 to 1: Spark tells little on its way."""
    session = spark_session()
    view, folder = f"facts_{uuid4().hex}", out.parent / "marks"
    session.read.parquet(f"file://{facts.resolve()}").createOrReplaceTempView(view)
    try:
        query = session.sql(sql(marks(turned, columns, population, view), "pyspark"))
        query.orderBy(PERSON).write.parquet(f"file://{folder.resolve()}")
    finally:
        session.catalog.dropTempView(view)
    progress(0.8)
    parts = sorted(folder.glob("part-*.parquet"))
    with open_duckdb(out.parent) as connection:
        query = f"FROM {parquet(*parts)}"
        write_named(connection, turned, query, out, metadata=metadata, progress=lambda done: progress(0.8 + done / 5))
    shutil.rmtree(folder)


def spark_session() -> Any:
    """The session that is open already, or a new one. Raises ``EngineError`` when Spark or Java is missing."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineError(
            "The engine 'spark' needs PySpark, which is not installed.",
            "Install Needlepoint with its extra 'spark', or take the engine 'duckdb'.",
        ) from None
    import ibis

    _ = ibis.pyspark  # makes Ibis ready to write Spark's SQL
    remote, master = os.environ.get(REMOTE), os.environ.get(MASTER, "local[*]")
    if not remote and not _finds_java():
        raise EngineError(
            "The engine 'spark' needs Java 17 or newer, and no Java was found.",
            "Install a Java runtime or set JAVA_HOME, or take the engine 'duckdb'.",
        )
    builder = SparkSession.builder.appName("needlepoint")
    settings = SETTINGS if remote else {**SETTINGS, **(HERE if master.startswith("local") else {})}
    for key, value in settings.items():
        builder = builder.config(key, value)
    try:
        session = (builder.remote(remote) if remote else builder.master(master)).getOrCreate()
        if not remote:
            session.sparkContext.setLogLevel("ERROR")
        return session
    except (PySparkException, OSError) as error:
        where = f"{REMOTE}={remote}" if remote else f"{MASTER}={master}"
        raise EngineError(f"Spark did not start ({where}): {str(error).splitlines()[0]}") from None


#: For every session. The query has far more columns than Spark's compiler puts into one method: without its whole-stage step it compiles
#: column by column, and is quicker than with the step tried, failed and given up.
SETTINGS = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
}
#: For a session on this machine alone: no web page, nothing that others on the network could reach.
HERE = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.warehouse.dir": str(Path(tempfile.gettempdir()) / "needlepoint-warehouse"),
}


def _finds_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return bool(home and (Path(home) / "bin" / "java").exists()) or shutil.which("java") is not None
