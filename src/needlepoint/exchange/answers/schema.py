"""The shapes that outside programs rely on, as JSON Schema."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from needlepoint.exchange.answers.assess import AssessAnswer
from needlepoint.exchange.answers.locate import LocateAnswer
from needlepoint.exchange.answers.plan import PlanAnswer
from needlepoint.exchange.answers.screen import ScreenAnswer
from needlepoint.exchange.case.shape import CaseFile

SCHEMAS: Mapping[str, type[BaseModel]] = {
    "case": CaseFile,
    "screen": ScreenAnswer,
    "locate": LocateAnswer,
    "plan": PlanAnswer,
    "assess": AssessAnswer,
}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of this shape. Raises KeyError for a name that is none of ``SCHEMAS``."""
    model = SCHEMAS[name]
    found = model.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
