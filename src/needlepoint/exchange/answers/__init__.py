"""What Needlepoint answers, as JSON that other programs can rely on."""

from needlepoint.exchange.answers.schema import SCHEMAS, schema
from needlepoint.exchange.answers.screen import screen_answer

__all__ = ["SCHEMAS", "schema", "screen_answer"]
