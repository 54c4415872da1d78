"""Looking for faults that the shape of a file cannot show: rules that never fire, that no case covers, medicines in two classes."""

from collections import defaultdict
from pathlib import Path

from needlepoint.library.build import Builder
from needlepoint.library.build_groups import GroupBuilder
from needlepoint.library.build_locate import LocateBuilder
from needlepoint.library.build_plan import PlanBuilder
from needlepoint.library.build_treat import TreatBuilder
from needlepoint.library.cases import CaseFileShelf
from needlepoint.library.check_drawings import check_drawings
from needlepoint.library.faults import Fault
from needlepoint.library.reach import ReachSearch
from needlepoint.library.shelves import Shelves, read_shelves
from needlepoint.screen.assess import BUILT_IN
from needlepoint.screen.expression import Expression, Fact, Here, Not, leaves
from needlepoint.screen.knowledge import ScreenKnowledge
from needlepoint.screen.rule import Rule
from needlepoint.terms import plain

#: What the locate step states.
LOCATE_KINDS = ("symptom", "quality", "problem", "customary", "red_flag", "look_alike", "weight")
#: What the plan step states.
PLAN_KINDS = ("depth", "approach", "number", "risk", "watch", "stock")
#: What the treat step states.
TREAT_KINDS = ("grade", "reaction", "event", "advice", "bound")
#: A range of codes that covers more than this many letters of a classification says nothing.
MOST_LETTERS = 3


def check_knowledge(root: Path, cases: Path | None = None) -> tuple[Fault, ...]:
    """Every fault of the knowledge in this folder, all at once. With ``cases``, also the rules that no case covers."""
    shelves = read_shelves(root)
    builder = Builder(shelves)
    knowledge = builder.knowledge()
    GroupBuilder(builder, knowledge).groups()
    if shelves.docs["weight"]:
        LocateBuilder(builder, knowledge).knowledge()
        check_drawings(shelves, knowledge.atlas.muscles.values())
    if shelves.docs["number"]:
        plan = PlanBuilder(builder, knowledge).knowledge()
        if shelves.docs["event"]:
            TreatBuilder(builder, plan).knowledge()
    _medicines_in_two_classes(shelves)
    _wide_codes(shelves)
    _questions(shelves, knowledge)
    _circles(shelves, knowledge)
    _reviews(shelves)
    unsound = {fault.file for fault in shelves.faults}
    sound = [rule for rule in knowledge.rules if shelves.files["rule", rule.id] not in unsound]
    for rule in sound:
        _directions(shelves, rule, knowledge)
    search = ReachSearch(knowledge)
    for rule in sound:
        if rule.id in BUILT_IN:
            shelves.fault("rule", rule.id, ("id",), "this id belongs to a finding that is built in; choose another")
        if not search.can_fire(rule):
            shelves.fault(
                "rule", rule.id, ("when",), "this rule can never fire: no person at any place makes `when` true"
            )
    if cases is not None:
        _covered(shelves, knowledge, cases)
    return tuple(sorted(set(shelves.faults)))


def _medicines_in_two_classes(shelves: Shelves) -> None:
    """A member that stands in two classes of which one excludes the other."""
    classes: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for id_, doc in shelves.docs["fact"].items():
        for n, member in enumerate(doc["members"]):
            for name in {" ".join(plain(one)) for one in (member["name"], *member["brands"])}:
                classes[name].append((id_, n))
    for name, found in classes.items():
        for id_, n in found:
            doc = shelves.docs["fact"][id_]
            for other, _ in found:
                if other != id_ and (other in doc["excludes"] or id_ in shelves.docs["fact"][other]["excludes"]):
                    shelves.fault(
                        "fact", id_, ("members", n), f"'{name}' also stands in {other}, and the two exclude each other"
                    )


def _wide_codes(shelves: Shelves) -> None:
    for kind in ("fact",):
        for id_, doc in shelves.docs[kind].items():
            for n, text in enumerate(doc["codes"]["icd10"]):
                first, _, last = text.partition("-")
                if last and ord(last.strip()[0]) - ord(first.strip()[0]) >= MOST_LETTERS:
                    shelves.fault(
                        kind,
                        id_,
                        ("codes", "icd10", n),
                        f"'{text}' spans {MOST_LETTERS} chapters or more: too wide to mean one thing",
                    )


def _questions(shelves: Shelves, knowledge: ScreenKnowledge) -> None:
    """A fact that a rule asks for must be answerable: by its own question, a more general one, or a list."""
    for rule in knowledge.rules:
        for leaf in leaves(rule.when):
            if not isinstance(leaf, Fact | Here) or leaf.id not in knowledge.facts:
                continue
            family = [knowledge.facts[one] for one in (leaf.id, *knowledge.generals[leaf.id])]
            if not any(one.question or one.settled_by for one in family):
                shelves.fault(
                    "fact",
                    leaf.id,
                    ("id",),
                    f"the rule {rule.id} asks for it, but nobody is ever asked: give it a `question` or `settled_by`",
                )


def _circles(shelves: Shelves, knowledge: ScreenKnowledge) -> None:
    for fact, generals in knowledge.generals.items():
        if fact in generals:
            shelves.fault("fact", fact, ("implies",), "this fact implies itself in a circle")


def _reviews(shelves: Shelves) -> None:
    """What states something says who reviewed it, or that it is needed, and when to look again."""
    for kind in (
        "rule",
        "fact",
        "muscle",
        "region",
        "structure",
        "measurement",
        *LOCATE_KINDS,
        *PLAN_KINDS,
        *TREAT_KINDS,
    ):
        for id_, doc in shelves.docs[kind].items():
            if not doc.get("review") and not doc.get("reviewed"):
                shelves.fault(kind, id_, ("id",), "say `review: needed`, or `reviewed:` by which role and when")
            if not doc.get("look_again"):
                shelves.fault(kind, id_, ("id",), "say when to look at it again: `look_again: 2027-11-23`")


def _directions(shelves: Shelves, rule: Rule, knowledge: ScreenKnowledge) -> None:
    """Learning one more adverse fact must never improve an answer: facts stand in their worrying direction."""
    for fact, denied in _signed(rule.when, denied=False):
        if fact in knowledge.facts and knowledge.facts[fact].adverse is denied:
            shelves.fault(
                "rule",
                rule.id,
                ("when",),
                f"'{fact}' stands here in its harmless direction, so that worse news could lower the level",
            )
    if rule.eased is None:
        return
    if rule.eased.to >= rule.level:
        shelves.fault("rule", rule.id, ("eased_by", "to"), "this does not lower the level")
    for fact, denied in _signed(rule.eased.when, denied=False):
        if fact in knowledge.facts and knowledge.facts[fact].adverse is not denied:
            shelves.fault("rule", rule.id, ("eased_by", "when"), f"'{fact}' is worrying news; it cannot lower a level")


def _signed(expression: Expression, *, denied: bool) -> list[tuple[str, bool]]:
    if isinstance(expression, Not):
        return _signed(expression.part, denied=not denied)
    parts = getattr(expression, "parts", None)
    if parts is not None:
        return [one for part in parts for one in _signed(part, denied=denied)]
    return [(expression.id, denied)] if isinstance(expression, Fact | Here) else []


def _covered(shelves: Shelves, knowledge: ScreenKnowledge, cases: Path) -> None:
    shelf = CaseFileShelf.read(cases)
    shelves.faults.extend(shelf.faults)
    expected = shelf.expected_findings()
    known = {rule.id for rule in knowledge.rules} | set(BUILT_IN)
    for rule in knowledge.rules:
        if rule.id not in expected:
            shelves.fault("rule", rule.id, ("id",), "no case under cases/ expects this rule: write one")
    for finding, files in expected.items():
        if finding not in known:
            shelves.faults.append(Fault(files[0], 0, f"this case expects '{finding}', which is no rule"))
