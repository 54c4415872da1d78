"""Which group of the manual a rule belongs to."""

from needlepoint.screen import expression as e
from needlepoint.screen.expression import leaves
from needlepoint.screen.facts import FactKind
from needlepoint.screen.knowledge import ScreenKnowledge
from needlepoint.screen.rule import Rule

#: Groups in the order of the manual: id, title, and a sentence about them.
GROUPS: dict[str, tuple[str, str]] = {
    "the-lung": (
        "Over the lung",
        "What holds at places that have the lung beneath, whoever the person is, and for whom it is worse.",
    ),
    "beneath": ("What else lies beneath", "Arteries, nerves, organs, cord, joints: what a needle can meet at a place."),
    "here": ("What lies where the needle is to go", "A wound, an implant, a clot, a scar at or near the place."),
    "place-and-plan": (
        "The place and the plan",
        "The kind of place, the length of the needle, the technique, the electrical current.",
    ),
    "measurements": ("Measurements", "Laboratory values, vital signs, age and weeks of pregnancy."),
    "medicines": ("Medicines", "What the person takes now."),
    "answers": ("Today, and what only the person can say", "Consent, fear, how the person is today, earlier needling."),
    "conditions": ("Illnesses", "Illnesses that concern the whole person."),
    "other": ("Implants, operations and allergies", "What was put in, taken out, or must not touch the person."),
}


def group_of(rule: Rule, knowledge: ScreenKnowledge) -> str:
    """The group of this rule: places first, then numbers, then by the kind of what is so of the person."""
    found = leaves(rule.when)
    beneath = {leaf.structure for leaf in found if isinstance(leaf, e.Beneath)}
    kinds = {knowledge.facts[leaf.id].kind for leaf in found if isinstance(leaf, e.Fact)}
    if "pleura" in beneath or any(isinstance(leaf, e.Sitting) for leaf in found):
        return "the-lung"
    if any(isinstance(leaf, e.Here) for leaf in found):
        return "here"
    if beneath and not kinds:
        return "beneath"
    if rule.scope.value == "site":
        return "beneath" if beneath else "place-and-plan"
    if any(isinstance(leaf, e.Quantity) for leaf in found) and not kinds:
        return "measurements"
    for kind, group in (
        (FactKind.MEDICINE, "medicines"),
        (FactKind.ANSWER, "answers"),
        (FactKind.CONDITION, "conditions"),
    ):
        if kind in kinds:
            return group
    return "other"
