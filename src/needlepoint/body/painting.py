"""A painting: how strong the pain is at every vertex, in one layer for each quality. It is stored in a few hundred bytes."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from needlepoint.body.adult import TOPOLOGY

#: Strengths: 0 is not painted.
STRONGEST = 10
Strengths = NDArray[np.uint8]


class PaintingError(ValueError):
    """A painting that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One quality of pain, such as ``aching``, and its strength (0 to 10) at every vertex."""

    quality: str
    strengths: Strengths


@dataclass(frozen=True, slots=True, eq=False)
class Painting:
    """Everything that was painted. Where layers overlap the strongest counts."""

    layers: tuple[Layer, ...]
    topology: str = TOPOLOGY

    def strongest(self, vertices: int) -> Strengths:
        """The strength at every vertex, whatever its quality."""
        top = np.zeros(vertices, np.uint8)
        for layer in self.layers:
            np.maximum(top, layer.strengths, out=top)
        return top


def encode(strengths: Strengths) -> str:
    """The strengths as text: base64url (no padding) of triples (vertices skipped, run length, strength), each a LEB128 number.

    Runs are as long as they can be and unpainted vertices at the end are left out, so that one painting has one text.
    """
    edges = np.flatnonzero(np.diff(strengths, prepend=0, append=0))
    written = bytearray()
    last = 0
    for start, end in pairwise(edges):
        if strengths[start]:
            for number in (int(start) - last, int(end - start), int(strengths[start])):
                written += _leb128(number)
            last = int(end)
    return base64.urlsafe_b64encode(bytes(written)).decode().rstrip("=")


def decode(text: str, vertices: int) -> Strengths:
    """The strengths that a text holds. Raises PaintingError when it is no painting of a body with so many vertices."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise PaintingError("the values are not base64url text") from None
    strengths = np.zeros(vertices, np.uint8)
    at = 0
    for skipped, length, strength in _triples(_numbers(raw)):
        at += skipped
        if not 1 <= strength <= STRONGEST:
            raise PaintingError(f"a strength of {strength} is outside 1 to {STRONGEST}")
        if length < 1:
            raise PaintingError("a run of no vertices")
        if at + length > vertices:
            raise PaintingError(f"a run ends at vertex {at + length}, but the body has {vertices}")
        strengths[at : at + length] = strength
        at += length
    if encode(strengths) != text:
        raise PaintingError("the values are not in their one shortest form, so something changed them")
    return strengths


def read_painting(document: object, vertices: int) -> Painting:
    """The painting that a JSON document holds. Raises PaintingError naming the place when it holds none."""
    if not isinstance(document, dict):
        raise PaintingError("a painting is an object with `topology` and `layers`")
    topology = document.get("topology")
    if topology != TOPOLOGY:
        raise PaintingError(
            f"topology: {topology!r} is another body than {TOPOLOGY}; the painting cannot be moved to it"
        )
    layers = document.get("layers")
    if not isinstance(layers, list):
        raise PaintingError("layers: a list of layers is missing")
    read = tuple(_read_layer(one, n, vertices) for n, one in enumerate(layers))
    qualities = [layer.quality for layer in read]
    for n, quality in enumerate(qualities):
        if quality in qualities[:n]:
            raise PaintingError(f"layers[{n}].quality: '{quality}' has a layer already; put both into one")
    return Painting(read)


def painting_document(painting: Painting) -> dict[str, object]:
    """The painting as JSON values; ``read_painting`` gives the same painting back."""
    layers = [{"quality": layer.quality, "values": encode(layer.strengths)} for layer in painting.layers]
    return {"needlepoint": 1, "topology": painting.topology, "layers": layers}


def _read_layer(layer: object, n: int, vertices: int) -> Layer:
    if not isinstance(layer, dict):
        raise PaintingError(f"layers[{n}]: a layer is an object with `quality` and `values`")
    quality, values = layer.get("quality"), layer.get("values")
    if not isinstance(quality, str) or not quality.strip():
        raise PaintingError(f"layers[{n}].quality: a word such as aching is missing")
    if not isinstance(values, str):
        raise PaintingError(f"layers[{n}].values: text is missing")
    try:
        return Layer(quality.strip(), decode(values, vertices))
    except PaintingError as error:
        raise PaintingError(f"layers[{n}].values: {error}") from None


def _leb128(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)


def _numbers(raw: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in raw:
        number |= (byte & 0x7F) << shift
        shift += 7
        if shift > 35:
            raise PaintingError("a number is too large")
        if not byte & 0x80:
            yield number
            number = shift = 0
    if shift:
        raise PaintingError("the values break off within a number")


def _triples(numbers: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    waiting: list[int] = []
    for number in numbers:
        waiting.append(number)
        if len(waiting) == 3:
            yield waiting[0], waiting[1], waiting[2]
            waiting.clear()
    if waiting:
        raise PaintingError("the values break off within a run")
