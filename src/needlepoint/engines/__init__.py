"""One question over many people: in memory (the judge), in DuckDB, on Spark."""

from needlepoint.engines.columns import FactColumns
from needlepoint.engines.compare import Change, Changes, RegionChange, compare
from needlepoint.engines.error import EngineError
from needlepoint.engines.screening import ENGINES, screen_people
from needlepoint.engines.summary import RegionCount, Summary
from needlepoint.engines.touched import Evidence, Touched, touched

__all__ = [
    "ENGINES",
    "Change",
    "Changes",
    "EngineError",
    "Evidence",
    "FactColumns",
    "RegionChange",
    "RegionCount",
    "Summary",
    "Touched",
    "compare",
    "screen_people",
    "touched",
]
