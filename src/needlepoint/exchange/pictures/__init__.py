"""The body as a drawing: pain, zones, muscles and clearances on line drawings that print in grey and turn dark on a dark page."""

from needlepoint.exchange.pictures.body import BodyPicture, Dot, Field, Shade, legend_words, picture, views_for
from needlepoint.exchange.pictures.drawing import FIGURES, VIEWS, LineDrawing, line_drawing
from needlepoint.exchange.pictures.muscle import muscle_field, muscle_picture, muscle_pictures, place_picture

__all__ = [
    "FIGURES",
    "VIEWS",
    "BodyPicture",
    "Dot",
    "Field",
    "LineDrawing",
    "Shade",
    "legend_words",
    "line_drawing",
    "muscle_field",
    "muscle_picture",
    "muscle_pictures",
    "picture",
    "place_picture",
    "views_for",
]
