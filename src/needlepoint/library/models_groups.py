"""The shape of the files in which the questions are put together for the person who is asked."""

from typing import Annotated, Literal

from pydantic import Field

from needlepoint.library.models_base import Id, Reviewed, Strict, Text


class ItemEntry(Strict):
    """One thing to tick, for one fact or for several that are asked one by one once it is ticked."""

    facts: Annotated[list[Id], Field(min_length=1)]
    words: Text


class GroupFile(Strict):
    """screen/groups/ID.yaml: some questions on one page. It states nothing new: what counts is the question of each fact."""

    id: Id
    place: Annotated[int, Field(ge=1)]
    title: Text
    question: Text
    hint: Text | None = None
    none: Text | None = None
    told_by: Literal["person", "clinician"] = "person"
    items: list[ItemEntry] = []
    settles: list[Id] = []
    asks: Literal["conditions", "medicines", "allergies", "implants"] | None = None
    after: Literal["conditions", "medicines", "allergies", "implants"] | None = None
    measures: list[Literal["height-cm", "weight-kg"]] = []
    choice: Text | None = None
    review: Literal["needed"] | None = None
    reviewed: Reviewed | None = None
