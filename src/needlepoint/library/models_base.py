"""What the shapes of all knowledge files share: plain types, sources, reviews."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]
ReadWord = Literal["full", "abstract", "secondary", "recall"]


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


CodeText = Annotated[str, BeforeValidator(_as_text), Field(min_length=1)]
NameText = Annotated[str, BeforeValidator(_as_text), Field(min_length=1)]


class Strict(BaseModel):
    """Refuses keys that it does not know."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Cited(Strict):
    """A source behind a statement, and how far it was read for this statement."""

    id: Id
    read: ReadWord
    gist: Text | None = None


class Reviewed(Strict):
    """Who reviewed it (a role) and when."""

    by: Text
    on: date


class Stated(Strict):
    """What every file that states something carries."""

    id: Id
    sources: Annotated[list[Cited], Field(min_length=1)]
    review: Literal["needed"] | None = None
    reviewed: Reviewed | None = None
    look_again: date | None = None
    choice: Text | None = None
    disagreement: Text | None = None
