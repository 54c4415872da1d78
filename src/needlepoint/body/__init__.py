"""Where things lie: regions, muscles and points of the body, what is beneath them, and the words people use for them."""

from needlepoint.body.atlas import Atlas
from needlepoint.body.naming import Gazetteer, PlacesNamed
from needlepoint.body.parts import Area, Coarse, Distance, Muscle, Point, Region, Structure
from needlepoint.body.place import Place

__all__ = [
    "Area",
    "Atlas",
    "Coarse",
    "Distance",
    "Gazetteer",
    "Muscle",
    "Place",
    "PlacesNamed",
    "Point",
    "Region",
    "Structure",
]
