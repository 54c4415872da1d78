"""Natural frequencies as icons: so many people of a crowd, each a dot, the affected ones filled and first."""

from html import escape
from math import ceil

_ACROSS = 25
_STEP = 4
#: On paper no style sheet reaches into a drawing, so filled and empty are told here, too.
_LOOKS = {"hit": 'fill="#17202a"', "other": 'fill="none" stroke="#7d8890" stroke-width="0.5"'}


def icon_array(people: int, crowd: int, words: str) -> str:
    """An SVG of ``crowd`` dots of which ``people`` are filled. A crowd above 100 stands in longer rows."""
    across = _ACROSS if crowd <= 100 else 50
    rows = ceil(crowd / across)
    dots = []
    for n in range(crowd):
        x, y = (n % across) * _STEP + _STEP / 2, (n // across) * _STEP + _STEP / 2
        kind = "hit" if n < people else "other"
        dots.append(f'<circle class="np-icons__{kind}" {_LOOKS[kind]} cx="{x:g}" cy="{y:g}" r="1.4"/>')
    box = f"0 0 {across * _STEP} {rows * _STEP}"
    return f'<svg class="np-icons" role="img" aria-label="{escape(words)}" viewBox="{box}">{"".join(dots)}</svg>'
