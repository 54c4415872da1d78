"""Pictures that the pages show: where a muscle lies, and how many of a hundred. They come from knowledge, none is of a person."""

from functools import lru_cache

from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from needlepoint.clinic.access.rights import MemberRequest, Right, may
from needlepoint.clinic.asking import known
from needlepoint.clinic.pages.image import whole
from needlepoint.exchange.pictures import place_picture
from needlepoint.exchange.pictures.icons import icon_array
from needlepoint.terms import Side

_A_DAY = 86_400


@may(Right.SEE)
@require_GET
@cache_control(private=True, max_age=_A_DAY)
def place_of_muscle(request: MemberRequest, muscle: str, side: str) -> HttpResponse:
    """Where a muscle lies on the body."""
    return _svg(_place(muscle, side))


@lru_cache(256)
def _place(muscle: str, side: str) -> str:
    found = known().screen.atlas.muscles.get(muscle)
    drawn = place_picture(found, Side(side)) if found is not None and side in ("left", "right") else None
    if drawn is None:
        raise Http404
    return drawn.svg


@may(Right.SEE)
@require_GET
@cache_control(private=True, max_age=_A_DAY)
def icons(request: MemberRequest, people: int, crowd: int) -> HttpResponse:
    """So many people of so many, as icons."""
    if not 0 <= people <= crowd <= 100 or crowd == 0:
        raise Http404
    return _svg(icon_array(people, crowd, f"{people} in {crowd}"))


def _svg(drawing: str) -> HttpResponse:
    answer = HttpResponse(whole(drawing), content_type="image/svg+xml")
    # The picture brings its own few styles; nothing else may run in it.
    answer._csp_update = {"style-src": ["'unsafe-inline'"]}  # type: ignore[attr-defined]
    return answer
