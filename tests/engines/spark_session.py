"""One Spark for all tests of a run."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from needlepoint.engines.on_spark import spark_session


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The session that the engine takes, stopped at the end."""
    warehouse: Path = tmp_path_factory.mktemp("spark")
    session = spark_session(warehouse)
    yield session
    session.stop()
