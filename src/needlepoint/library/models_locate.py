"""The shape of the files of ``locate``: symptoms, qualities, problems, red flags, look-alikes, and the weights of the ranking."""

from typing import Annotated, Literal

from pydantic import Field

from needlepoint.library.models_base import Cited, Id, NameText, Stated, Strict, Text


class SymptomFile(Stated):
    """locate/symptoms/ID.yaml: something that may accompany the pain, in the words in which people tell it."""

    title: Text
    names: Annotated[list[NameText], Field(min_length=1)]
    question: Text | None = None


class QualityFile(Stated):
    """locate/qualities/ID.yaml: how a pain feels. ``nerve_like``: nerves are thought of first."""

    title: Text
    names: Annotated[list[NameText], Field(min_length=1)]
    nerve_like: bool = False


class ActiveEntry(Strict):
    """In how many of the people of a study this muscle held an active trigger point: a count or a percentage."""

    muscle: Id
    count: Annotated[int, Field(ge=0)] | None = None
    percent: Annotated[float, Field(ge=0, le=100)] | None = None


class StudyEntry(Strict):
    """One study of people with this problem."""

    people: Annotated[int, Field(gt=0)]
    active: Annotated[list[ActiveEntry], Field(min_length=1)]
    sources: Annotated[list[Cited], Field(min_length=1)]
    note: Text | None = None


class ProblemFile(Stated):
    """locate/problems/ID.yaml: what a person presents with, and how often each muscle was found to take part.

    ``named_only``: taken as present only when its name is told, not because pain lies there.
    """

    title: Text
    names: list[NameText] = []
    pain_in: Annotated[list[Id], Field(min_length=1)]
    named_only: bool = False
    studies: Annotated[list[StudyEntry], Field(min_length=1)]


class CustomaryFile(Stated):
    """locate/customary/ID.yaml: which muscles are customarily looked at first when pain lies here, in that order."""

    title: Text
    regions: Annotated[list[Id], Field(min_length=1)]
    muscles: Annotated[list[Id], Field(min_length=1)]


class RedFlagFile(Stated):
    """locate/red_flags/ID.yaml: signs of something that needles must not delay. ``stops``: no muscles are ranked until it is settled."""

    title: Text
    when: dict[str, object]
    stops: bool
    says: Text
    action: Text


class LookAlikeFile(Stated):
    """locate/look_alikes/ID.yaml: what else hurts there and is no muscle. ``raised_by``: symptoms or qualities that speak for it."""

    title: Text
    kind: Literal["joint", "nerve", "organ", "vessel", "bone", "skin", "tendon", "headache", "other"]
    regions: Annotated[list[Id], Field(min_length=1)]
    side: Literal["left", "right"] | None = None
    raised_by: list[Id] = []
    conditions: list[Id] = []
    why: Text


class WeightFile(Stated):
    """locate/weights/ID.yaml: one number of the ranking, what it does, and where it comes from."""

    title: Text
    value: float
    unit: Text | None = None
    between: Annotated[list[float], Field(min_length=2, max_length=2)]
    says: Text
    fitted: bool = False
