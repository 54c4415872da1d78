"""The words of consent for this visit: only when the clinic itself has planned where to needle."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from needlepoint.clinic.asking import ask
from needlepoint.clinic.pages.image import as_image
from needlepoint.clinic.pages.patient.mine import Mine
from needlepoint.clinic.records.consenting import wording_of
from needlepoint.exchange.pictures.icons import icon_array
from needlepoint.exchange.planning import Planned
from needlepoint.exchange.told import InputError


def planned_by_clinic(here: Mine) -> Planned | None:
    """The plan, when somebody of the clinic proposed the places; a mere suggestion of the ranking is nothing to agree to."""
    try:
        planned = ask(here.visit, here.read).planned
    except InputError:
        return None
    return None if planned.suggested else planned


def asked_consent(here: Mine) -> dict[str, Any] | None:
    """The words to read and sign, with their hash; ``None`` when nothing is planned yet."""
    planned = planned_by_clinic(here)
    return wording_of(planned) if planned is not None else None


@dataclass(frozen=True, slots=True)
class RiskShown:
    """One risk, how often, and the dots that show it."""

    words: str
    rate: str
    uncertain: str
    places: str
    icons: str


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """What is read and signed."""

    places: tuple[str, ...]
    about: str
    helps: str
    groups: tuple[tuple[str, tuple[RiskShown, ...]], ...]
    otherwise: str
    afterwards: tuple[str, ...]
    unsure: str
    ask: str
    sha256: str
    said: str
    name: str
    wrong: str
    changed: bool


def consent_page(wording: dict[str, Any], said: str, name: str, wrong: str, *, changed: bool) -> ConsentPage:
    """The words for this plan, as they are shown."""
    names = {"common": _("Common"), "uncommon": _("Less common"), "rare": _("Rare")}
    groups = tuple(
        (title, tuple(_risk(one) for one in wording["risks"] if one["group"] == group))
        for group, title in names.items()
    )
    return ConsentPage(
        places=tuple(wording["places"]),
        about=wording["about"],
        helps=wording["helps"],
        groups=tuple((title, risks) for title, risks in groups if risks),
        otherwise=wording["otherwise"],
        afterwards=tuple(wording["afterwards"]),
        unsure=wording["unsure"],
        ask=wording["ask"],
        sha256=wording["sha256"],
        said=said,
        name=name,
        wrong=wrong,
        changed=changed,
    )


def _risk(one: dict[str, Any]) -> RiskShown:
    people, crowd = one["people"], one["crowd"]
    words = _("%(people)s in %(crowd)s") % {"people": people, "crowd": crowd}
    shown = as_image(icon_array(people, crowd, words)) if people and crowd and crowd <= 100 else ""
    return RiskShown(one["words"], one["rate"], one["uncertain"] or "", "; ".join(one["places"]), shown)
