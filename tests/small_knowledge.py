"""A small knowledge for tests: a body of three regions, a handful of facts, a few rules. Nothing of it is medicine."""

from collections.abc import Iterable

from needlepoint.body import Area, Atlas, Coarse, Distance, Gazetteer, Muscle, Point, Region, Structure
from needlepoint.screen.expression import Expression
from needlepoint.screen.facts import Asked, FactDefinition, FactKind, Measurement, Unremarkable
from needlepoint.screen.knowledge import Cues, ScreenKnowledge
from needlepoint.screen.rule import Eased, Rule, Scope
from needlepoint.terms import Level, Read, Source, Statement
from needlepoint.terms.code import CodeRange

SOURCE = Statement(Source("a-book", "A book that tests cite.", 2000, "textbook", None, Read.RECALL), Read.RECALL)


def fact(id_: str, **given: object) -> FactDefinition:
    """A fact with ordinary values, save for those given."""
    values: dict[str, object] = {
        "id": id_,
        "title": id_.replace("-", " ").capitalize(),
        "kind": FactKind.CONDITION,
        "adverse": True,
        "question": f"Do you have {id_.replace('-', ' ')}?",
        "implies": (),
        "names": (id_.replace("-", " "),),
        "abbreviations": (),
        "codes": (),
        "settled_by": frozenset(),
        "past_counts": False,
        "within_weeks": None,
        "lasts_weeks": None,
        "located": False,
        "areas": (),
        "words_that_spare": (),
        "rules_out": (),
        "only_between": None,
        "explain": None,
        "sources": (SOURCE,),
    }
    return FactDefinition(**{**values, **given})  # type: ignore[arg-type]


def rule(id_: str, level: Level, when: Expression, *, scope: Scope = Scope.PERSON, eased: Eased | None = None) -> Rule:
    """A rule that says nothing in particular."""
    return Rule(id_, id_, scope, level, when, eased, "It is so.", "Do this.", None, None, (SOURCE,), None, None)


def small_atlas() -> Atlas:
    """Chest (over the lung), thigh, and the breastbone in the middle."""
    areas = {
        "chest": Area("chest", "Chest", True, ("chest",), ("trunk", "thorax")),
        "thigh": Area("thigh", "Thigh", True, ("thigh",), ("leg",)),
        "middle": Area("middle", "Middle", False, ("middle",), ()),
    }
    regions = {
        "anterior-chest": Region(
            "anterior-chest",
            "Front of the chest",
            True,
            "chest",
            ("pec area",),
            frozenset({"pleura"}),
            frozenset(),
            None,
            (SOURCE,),
        ),
        "anterior-thigh": Region(
            "anterior-thigh",
            "Front of the thigh",
            True,
            "thigh",
            ("front of thigh",),
            frozenset(),
            frozenset({"deep"}),
            None,
            (SOURCE,),
        ),
        "sternum": Region(
            "sternum",
            "Breastbone",
            False,
            "middle",
            ("breastbone",),
            frozenset({"heart"}),
            frozenset(),
            "over the heart",
            (SOURCE,),
        ),
    }
    muscles = {
        "pectoralis-major": Muscle(
            "pectoralis-major", "Pectoralis major", None, ("pec major", "pecs"), ("anterior-chest",), "superficial", frozenset({"pleura"}),
            frozenset(), None, None, (), None, None, (Distance("pleura", 13.2, "least", "adults", (SOURCE,)),), (SOURCE,),
        ),
        "rectus-femoris": Muscle(
            "rectus-femoris", "Rectus femoris", None, ("rec fem",), ("anterior-thigh",), "middle", frozenset(), frozenset({"deep"}), None, None,
            (), None, None, (), (SOURCE,),
        ),
    }  # fmt: skip
    return Atlas(
        areas=areas,
        structures={
            "pleura": Structure(
                "pleura",
                "the lung and its lining",
                "collapsed lung",
                "life-threatening",
                ("breathlessness",),
                (SOURCE,),
            ),
            "heart": Structure("heart", "the heart", "a hole in the heart", "life-threatening", (), (SOURCE,)),
        },
        regions=regions,
        muscles=muscles,
        coarse={"trunk": Coarse("trunk", ("trunk",), ("anterior-chest", "sternum"), ())},
        points={
            "LU1": Point("LU1", "Zhongfu", True, ("pectoralis-major",), ("anterior-chest",), None),
            "CV17": Point("CV17", "Danzhong", False, (), ("sternum",), None),
        },
    )


#: Facts of every sort: general and specific, located, recent, past, harmless direction, a medicine, an allergy.
FACTS = (
    fact("bleeding-disorder", settled_by=frozenset({Asked.CONDITIONS})),
    fact(
        "haemophilia", implies=("bleeding-disorder",), question=None, past_counts=True, settled_by=frozenset({Asked.CONDITIONS}),
        codes=(CodeRange.parse("icd10", "D66-D67"),), names=("haemophilia", "factor viii deficiency"),
    ),
    fact("deep-vein-thrombosis", names=("deep vein thrombosis",), abbreviations=("DVT",), located=True, areas=("thigh",), settled_by=frozenset({Asked.CONDITIONS})),
    fact("removed-spleen", past_counts=True, names=("splenectomy",), settled_by=frozenset({Asked.CONDITIONS})),
    fact("recent-surgery", within_weeks=6.0, located=True, names=("surgery", "operation")),
    fact("thigh-implant", kind=FactKind.IMPLANT, located=True, areas=("thigh",), names=("thigh plate",), settled_by=frozenset({Asked.IMPLANTS}), past_counts=True),
    fact("blood-thinner", kind=FactKind.MEDICINE, names=("apixaban", "warfarin", "blood thinner"), settled_by=frozenset({Asked.MEDICINES})),
    fact("steroid", kind=FactKind.MEDICINE, names=("prednisolone", "hydrocortisone"), words_that_spare=("cream",), settled_by=frozenset({Asked.MEDICINES})),
    fact("nickel-allergy", kind=FactKind.ALLERGY, names=("nickel", "nickel allergy"), settled_by=frozenset({Asked.ALLERGIES})),
    fact("consents", kind=FactKind.ANSWER, adverse=False, names=(), question="Do you agree?"),
    fact("took-it-well-before", kind=FactKind.ANSWER, adverse=False, names=(), question="Did you take it well before?"),
    fact("pregnant", question="Are you pregnant?"),
    fact("male", kind=FactKind.ANSWER, adverse=True, names=(), rules_out=("pregnant",)),
)  # fmt: skip

CUES = Cues(
    negation=("no", "not", "denies", "without", "no history of", "ruled out", "never had", "negative"),
    family=("mother", "father", "fh", "fhx", "family history of", "family history"),
    past=("previous", "resolved", "past", "stopped", "childhood"),
    uncertain=("possible", "suspected", "query", "may have"),
    current=("current", "on", "taking"),
    but=("but", "however"),
    fillers=frozenset(
        [
            "the",
            "a",
            "of",
            "in",
            "has",
            "had",
            "have",
            "with",
            "and",
            "since",
            "left",
            "right",
            "chronic",
            "mild",
            "daily",
            "is",
            "my",
            "after",
            "on",
            "for",
            "no",
        ]
    ),
    medicine_fillers=frozenset(["mg", "tablet", "daily"]),
)


def small_knowledge(
    rules: Iterable[Rule], facts: Iterable[FactDefinition] = FACTS, atlas: Atlas | None = None
) -> ScreenKnowledge:
    """Knowledge with these rules, over the small body."""
    body = atlas or small_atlas()
    measurements = {
        "age-years": Measurement("age-years", "Age", "a", "age", (0, 125), (), (), "How old are you?", None, (SOURCE,)),
        "inr": Measurement("inr", "INR", "1", "inr", (0.5, 20), ("6301-6",), (), "What is the INR?", 7, (SOURCE,)),
    }
    return ScreenKnowledge(
        atlas=body,
        gazetteer=Gazetteer.of(body, {"LU": "LU", "CV": "CV", "REN": "CV", "L": "LU"}),
        facts={one.id: one for one in facts},
        medicines={},
        unremarkable={
            "ordinary": Unremarkable(
                "ordinary",
                "Ordinary",
                FactKind.CONDITION,
                ("headache", "neck pain"),
                (),
                (CodeRange.parse("icd10", "R51"),),
            )
        },
        measurements=measurements,
        rules=tuple(rules),
        cues=CUES,
        release="test",
        sha256="0" * 64,
    )
