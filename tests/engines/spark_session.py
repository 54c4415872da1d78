"""One Spark for all tests of a run."""

from collections.abc import Iterator
from typing import Any

import pytest

from needlepoint.engines.on_spark import spark_session


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """The session that the engine takes, stopped at the end."""
    session = spark_session()
    yield session
    session.stop()
