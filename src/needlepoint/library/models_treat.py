"""The shape of the files of ``treat``: expected reactions, adverse events and their grades, what to tell afterwards, and bounds."""

from typing import Annotated, Literal

from pydantic import Field

from needlepoint.library.models_base import Cited, Id, Stated, Strict, Text
from needlepoint.library.models_plan import Pair

GradeWord = Literal["mild", "significant", "serious"]


class GradeFile(Stated):
    """treat/grades/GRADE.yaml: what a grade means for an event of any kind."""

    id: GradeWord
    title: Text
    words: Text


class ReactionFile(Stated):
    """treat/reactions/ID.yaml: a reaction that is expected, and from when it is an adverse event instead."""

    title: Text
    words: Text
    patient: Text
    beyond: Text
    event: Id | None = None
    risks: list[Id] = []


class NowStepEntry(Strict):
    """One step to take now. ``must_from``: from this grade on it has to be answered before the note is signed."""

    id: Id
    words: Text
    must_from: GradeWord | None = None
    choice: Text | None = None
    sources: Annotated[list[Cited], Field(min_length=1)]


class EventFile(Stated):
    """treat/events/ID.yaml: a kind of adverse event.

    ``grades``: how each grade is met; a grade that is left out cannot be given. ``grade``: what it is until somebody says otherwise.
    ``local``: it belongs to a muscle and side. ``broken``: it accounts for a needle that did not come out whole. ``watch``: the warning signs
    of plan/watch that belong to it.
    """

    title: Text
    grades: Annotated[dict[GradeWord, Text], Field(min_length=1)]
    grade: GradeWord
    signs: list[Text] = []
    now: Annotated[list[NowStepEntry], Field(min_length=1)]
    ask: Annotated[list[Text], Field(min_length=1)]
    report: Annotated[list[Text], Field(min_length=1)]
    patient: Text
    local: bool
    broken: bool = False
    watch: Id | None = None
    risks: list[Id] = []


class AdviceFile(Stated):
    """treat/advice/ID.yaml: something to tell after needling; with structures, only where one of them lies beneath."""

    title: Text
    words: Text
    structures: list[Id] = []


class BoundFile(Stated):
    """treat/bounds/ID.yaml: one number that the session needs, what it does, and where it comes from."""

    title: Text
    value: float
    unit: Text
    between: Pair
    says: Text
