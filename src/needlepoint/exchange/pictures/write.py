"""Drawing a muscle into a file, so that a reviewer can judge it on any body."""

from pathlib import Path

from needlepoint.exchange.pictures.drawing import FIGURES, VIEWS
from needlepoint.exchange.pictures.muscle import muscle_picture, muscle_pictures
from needlepoint.exchange.told import InputError
from needlepoint.exchange.whole_file import write_whole
from needlepoint.library import load_locate_knowledge
from needlepoint.terms import Side

#: Pixels for each millimetre of the body.
_SHARPNESS = 2.0


def draw_muscle(name: str, out: Path, *, figure: str, side: str, view: str | None) -> tuple[Path, ...]:
    """Draw the muscle that this name means; with several views, one file each. Raises InputError for what cannot be drawn."""
    knowledge = load_locate_knowledge()
    muscles = [muscle for place in knowledge.gazetteer.read(name).places for muscle in place.muscles]
    if not muscles:
        near = knowledge.gazetteer.nearest(name)
        raise InputError(f"“{name}” is no muscle we know" + (f"; did you mean {', '.join(near)}?" if near else ""))
    if figure not in FIGURES:
        raise InputError(f"there is no figure '{figure}'; there are: {', '.join(FIGURES)}")
    if view is not None and view not in VIEWS:
        raise InputError(f"there is no view '{view}'; there are: {', '.join(VIEWS)}")
    if view == "sole" and figure != "neutral":
        raise InputError("the soles are drawn for the neutral figure only")
    if out.suffix not in (".png", ".svg"):
        raise InputError(f"{out}: a picture is written as .png or .svg")
    muscle = knowledge.atlas.muscles[muscles[0]]
    if muscle.referral is None and not muscle.footprint:
        raise InputError(
            f"nothing is drawn for {muscle.title.lower()} yet: neither where it lies nor where it sends pain"
        )
    own = Side(side)
    pictures = (
        (muscle_picture(muscle, knowledge, view, side=own, figure=figure),)
        if view
        else muscle_pictures(muscle, knowledge, side=own, figure=figure)
    )
    written = []
    for n, one in enumerate(pictures):
        file = out if n == 0 else out.with_stem(f"{out.stem}-{one.view}")
        write_whole(file, _as_png(one.svg) if out.suffix == ".png" else one.svg.encode())
        written.append(file)
    return tuple(written)


def _as_png(svg: str) -> bytes:
    import vl_convert  # large, and only pictures need it

    png: bytes = vl_convert.svg_to_png(svg, scale=_SHARPNESS)
    return png
