"""What is still to ask: dangers first, then the side, then wide pain, then what would move the ranking."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from needlepoint.locate.candidates import Ask
from needlepoint.locate.knowledge import RedFlag
from needlepoint.locate.signs import Every, Has, Leaf, PainIn, Sign, Some, holds, leaves

if TYPE_CHECKING:
    from needlepoint.locate.find import Weighed

#: More questions than this are not asked in one visit; those about dangers are never cut.
_MOST_ABOUT_MUSCLES = 5
#: How many of the first candidates are asked about.
_FIRST = 8
WIDE_QUESTIONS = (
    ("pain-on-both-sides", "Does it hurt on both sides of the body, above and below the waist?"),
    ("three-months", "Has the pain been there on most days for three months or longer?"),
    ("unrefreshing-sleep", "Do you wake up tired, or find it hard to think or remember?"),
)


def questions(weighed: "Weighed", still_open: Sequence[RedFlag], order: Sequence[int]) -> tuple[Ask, ...]:
    """The questions, most important first, each once."""
    dangers, where = _dangers(weighed, still_open), _where(weighed)
    # Which dangers of a place to ask for is known once the place is.
    first = [*dangers, *where] if weighed.everywhere else [*where, *dangers]
    asked = [*first, *_wide(weighed), *_symptoms(weighed, order)]
    once: dict[str, Ask] = {}
    for one in asked:
        once.setdefault(one.id, one)
    return tuple(once.values())


def _dangers(weighed: "Weighed", still_open: Sequence[RedFlag]) -> list[Ask]:
    """What would settle the red flags that are still open: dangers of this very place before those that may lie anywhere."""
    found = []
    for flag in sorted(still_open, key=_how_special):
        for leaf in _needed(flag.when, weighed):
            if isinstance(leaf, Has):
                symptom = weighed.knowledge.symptoms[leaf.symptom]
                if symptom.question:
                    found.append(Ask(symptom.id, symptom.question, f"could be a red flag: {flag.title.lower()}"))
    return found


def _needed(sign: Sign, weighed: "Weighed") -> list[Leaf]:
    """The unknown leaves to ask for now. Of several that must all be so, one is asked first: a no to it settles the rest."""
    if isinstance(sign, Every):
        unknown = [part for part in sign.parts if holds(part, weighed.signs.asks) is None]
        alone = [part for part in unknown if isinstance(part, Has)]
        return _needed((alone or unknown)[0], weighed) if unknown else []
    if isinstance(sign, Some):
        return [
            leaf for part in sign.parts if holds(part, weighed.signs.asks) is None for leaf in _needed(part, weighed)
        ]
    return [sign]


def _how_special(flag: RedFlag) -> tuple[bool, int]:
    regions = [len(leaf.regions) for leaf in leaves(flag.when) if isinstance(leaf, PainIn)]
    return (not flag.stops, min(regions, default=1000))


def _where(weighed: "Weighed") -> list[Ask]:
    if not weighed.fit.cells:
        return [Ask("where", "Where does it hurt? Please mark it on the body.", "nothing was marked")]
    if weighed.side_is_open:
        return [
            Ask(
                "which-side",
                "Is it on the left, on the right, or on both sides?",
                "no side was told, so both are looked at",
            )
        ]
    return []


def _wide(weighed: "Weighed") -> list[Ask]:
    if not weighed.wide:
        return []
    why = "a wide drawing says little about single muscles; widespread pain has other causes"
    return [Ask(id_, text, why) for id_, text in WIDE_QUESTIONS]


def _symptoms(weighed: "Weighed", order: Sequence[int]) -> list[Ask]:
    """The symptoms that would move the first candidates most."""
    knowledge = weighed.knowledge
    known = {heard.id for heard in weighed.symptoms}
    step = abs(math.log(knowledge.weight("symptom-told")))
    moves: dict[str, float] = {}
    of: dict[str, list[str]] = {}
    for index in order[:_FIRST]:
        muscle, _ = knowledge.muscle_at(index)
        chance = float(weighed.probability[index])
        for symptom in muscle.symptoms:
            if symptom not in known and knowledge.symptoms[symptom].question:
                moves[symptom] = moves.get(symptom, 0.0) + step * chance * (1 - chance)
                of.setdefault(symptom, []).append(muscle.title.lower())
    best = sorted(moves, key=lambda id_: (-moves[id_], id_))[:_MOST_ABOUT_MUSCLES]
    return [
        Ask(id_, knowledge.symptoms[id_].question or "", f"would speak for {_names(of[id_])}")
        for id_ in best
    ]  # fmt: skip


def _names(titles: Sequence[str]) -> str:
    once = list(dict.fromkeys(titles))
    return ", ".join(once[:3]) + (f" and {len(once) - 3} more" if len(once) > 3 else "")
