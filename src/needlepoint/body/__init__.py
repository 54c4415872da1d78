"""Where things lie: regions, muscles and points of the body, what is beneath them, and the words people use for them."""

from needlepoint.body.atlas import Atlas
from needlepoint.body.naming import Gazetteer, PlacesNamed
from needlepoint.body.parts import Area, Coarse, Distance, Muscle, Point, Region, Structure
from needlepoint.body.place import Place
from needlepoint.body.skin import Cell, Skin
from needlepoint.body.surface import PatchPainted

__all__ = [
    "Area",
    "Atlas",
    "Cell",
    "Coarse",
    "Distance",
    "Gazetteer",
    "Muscle",
    "PatchPainted",
    "Place",
    "PlacesNamed",
    "Point",
    "Region",
    "Skin",
    "Structure",
]
