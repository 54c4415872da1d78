"""The ten rules as a knowledge of Needlepoint: ten facts with their value sets, ten rules about the person, and a body without places."""

import json
from pathlib import Path

from needlepoint.body import Atlas, Gazetteer
from needlepoint.screen import Asked, FactDefinition, FactKind, Measurement, Rule, Scope, ScreenKnowledge
from needlepoint.screen.expression import Fact, Quantity
from needlepoint.screen.facts import Between
from needlepoint.screen.knowledge import Cues
from needlepoint.terms import Level, Read, Source, Statement
from needlepoint.terms.code import CodeRange, system_named

SOURCE = Statement(Source("bench", "Ten rules made for timing.", 2026, "judgement", None, Read.FULL), Read.FULL)
AGE = "age-years"


def value_sets(work: Path) -> dict:
    """The value sets as all engines get them."""
    return json.loads((work / "value_sets.json").read_text(encoding="utf-8"))


def ten_rules(sets: dict) -> ScreenKnowledge:
    """The knowledge. Both kinds of codes of a rule are one fact, as one medicine and one condition can mean the same."""
    atlas = Atlas({}, {}, {}, {}, {}, {})
    facts = {name: _fact(name, rule) for name, rule in sets["rules"].items() if not rule["younger_than_years"]}
    rules = []
    for name, rule in sets["rules"].items():
        years = rule["younger_than_years"]
        when = Quantity(Between(AGE, high=years, high_in=False)) if years else Fact(name)
        rules.append(
            Rule(
                name,
                rule["title"],
                Scope.PERSON,
                Level.WEIGH,
                when,
                None,
                rule["title"],
                "-",
                None,
                None,
                (SOURCE,),
                None,
                None,
            )
        )
    return ScreenKnowledge(
        atlas=atlas,
        gazetteer=Gazetteer.of(atlas, {}),
        facts=facts,
        medicines={},
        unremarkable={},
        measurements={AGE: Measurement(AGE, "Age", "a", "age", (0, 125), (), (), None, None, (SOURCE,))},
        rules=tuple(rules),
        cues=Cues((), (), (), (), (), (), frozenset(), frozenset()),
        release="bench",
        sha256="0" * 64,
    )


def _fact(name: str, rule: dict) -> FactDefinition:
    listed = [*rule.get("conditions", ()), *rule.get("medicines", ())]
    return FactDefinition(
        id=name,
        title=rule["title"],
        kind=FactKind.CONDITION if "conditions" in rule else FactKind.MEDICINE,
        adverse=True,
        question=f"{rule['title']}?",
        implies=(),
        names=(),
        abbreviations=(),
        codes=tuple(CodeRange.parse(system_named(system) or "", code) for system, code in listed),
        settled_by=frozenset({Asked.CONDITIONS} if "conditions" in rule else {Asked.MEDICINES}),
        past_counts=rule["counts"] == "ever",
        within_weeks=None,
        lasts_weeks=None,
        located=False,
        areas=(),
        words_that_spare=(),
        rules_out=(),
        only_between=None,
        explain=None,
        sources=(SOURCE,),
    )
