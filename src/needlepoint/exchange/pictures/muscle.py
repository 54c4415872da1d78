"""A muscle in pictures: its footprint, its trigger points, and the zone to which it sends pain."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from needlepoint.body import Muscle
from needlepoint.body.adult import Floats
from needlepoint.body.outline import Drawer, side_of_field
from needlepoint.exchange.pictures.body import BodyPicture, Dot, Field, Shade, picture, views_for
from needlepoint.library.body_files import load_adult, load_surface
from needlepoint.locate import LocateKnowledge
from needlepoint.terms import Side


@lru_cache(maxsize=1)
def drawer() -> Drawer:
    """What turns outlines into values on the skin."""
    return Drawer(load_adult(), load_surface())


def muscle_field(muscle: Muscle, side: Side) -> Field | None:
    """The footprint of a muscle on one side; ``None`` when none was drawn."""
    if not muscle.footprint:
        return None
    values = side_of_field(drawer().field(muscle.footprint), load_surface(), side)
    return Field("deep" if muscle.depth == "deep" else "muscle", values, muscle.title)


def zone_shades(muscle: Muscle, side: Side, knowledge: LocateKnowledge) -> tuple[Shade, ...]:
    """The zone of a muscle as two shades: main and spill."""
    if muscle.referral is None:
        return ()
    cells = knowledge.zone_cells(muscle, side)
    main = knowledge.weight("main-zone")
    parts = (
        Shade("spill", {cell: 1.0 for cell, weight in cells.items() if weight < main}),
        Shade("main", {cell: 1.0 for cell, weight in cells.items() if weight >= main}),
    )
    return tuple(part for part in parts if part.cells)


def dots_of(muscle: Muscle, side: Side) -> tuple[Dot, ...]:
    """The trigger points of a muscle on one side."""
    surface = load_surface()
    marks = [(one.name, drawer().landmark(one.mark)) for one in muscle.trigger_points]
    return tuple(Dot(mark if side is Side.LEFT else surface.mirrored_landmark(mark), name) for name, mark in marks)


def muscle_pictures(
    muscle: Muscle, knowledge: LocateKnowledge, *, side: Side = Side.LEFT, figure: str = "neutral", at_most: int = 2
) -> tuple[BodyPicture, ...]:
    """A muscle from the sides from which it and its zone are best seen."""
    field = muscle_field(muscle, side)
    fields = [field] if field else []
    shades = zone_shades(muscle, side, knowledge)
    views = views_for(shades, fields, at_most)
    if figure != "neutral":
        views = tuple(view for view in views if view != "sole") or ("front",)
    return tuple(muscle_picture(muscle, knowledge, view, side=side, figure=figure) for view in views)


def muscle_picture(
    muscle: Muscle, knowledge: LocateKnowledge, view: str, *, side: Side = Side.LEFT, figure: str = "neutral"
) -> BodyPicture:
    """A muscle from one side."""
    field = muscle_field(muscle, side)
    return picture(
        view,
        shades=zone_shades(muscle, side, knowledge),
        fields=[field] if field else [],
        dots=dots_of(muscle, side),
        figure=figure,
        words=f"{muscle.title}, {side}, seen from the {_from(view)}: where it lies and where it sends pain",
        id_=f"{muscle.id}-{view}",
    )


def painting_field(strengths: Sequence[int] | Floats, title: str) -> Field:
    """A painting as a field: where anything was painted."""
    values = np.asarray(strengths, float)
    return Field("pain", np.where(values > 0, 1.0, 0.0), title, level=0.5)


def _from(view: str) -> str:
    return {"front": "front", "back": "back", "left": "left", "right": "right", "sole": "soles"}[view]


def place_picture(muscle: Muscle, side: Side) -> BodyPicture | None:
    """Where on the body a muscle is needled: its footprint and trigger points, without its zone; ``None`` when nothing was drawn."""
    field = muscle_field(muscle, side)
    if field is None:
        return None
    (view, *_) = views_for([], [field], 1)
    return picture(
        view,
        fields=[field],
        dots=dots_of(muscle, side),
        words=f"{muscle.title}, {side}, seen from the {_from(view)}",
        id_=f"place-{muscle.id}-{side}",
    )
