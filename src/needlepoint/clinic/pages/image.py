"""A drawing as an image of a page: what stands in an image can neither run nor be styled, whatever is in it."""

import base64


def whole(drawing: str) -> str:
    """An SVG that stands by itself: within a page it needs no namespace, as an image it does."""
    return drawing if "xmlns=" in drawing else drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def as_image(drawing: str) -> str:
    """The address of an image that holds this SVG."""
    return "data:image/svg+xml;base64," + base64.b64encode(whole(drawing).encode()).decode()
