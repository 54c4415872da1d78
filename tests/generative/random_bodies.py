"""Random bodies, random rules over them, and random crowds, for engines that have to agree whatever the knowledge says."""

import math

from hypothesis import strategies as st

from needlepoint.body import Area, Atlas, Gazetteer, Region, Structure
from needlepoint.engines import FactColumns
from needlepoint.engines.columns import EVIDENCE, PERSON, WORDS_MISSING, fact_column, place_column, quantity_column
from needlepoint.screen import Measurement, ScreenKnowledge
from needlepoint.screen.expression import (
    All,
    At,
    Barred,
    Beneath,
    Expression,
    Fact,
    Feature,
    Here,
    InArea,
    NeedleMayReach,
    Not,
    Planned,
    Quantity,
    Some,
    Surely,
)
from needlepoint.screen.facts import Between
from needlepoint.screen.rule import Eased, Rule, Scope
from needlepoint.terms import Level
from tests.small_knowledge import CUES, SOURCE, fact, rule

FACTS = ["asthma", "bleeds", "consents", "took-it-well-before"]
LOCATED = ["scar", "deep-clot", "plate"]
MEASURED = ["inr", "age-years"]
CUT_OFFS = [1.5, 3.0, 37.8, 50.0]
STRUCTURES = ["pleura", "nerve"]
FEATURES = ["deep", "head"]


@st.composite
def atlases(draw: st.DrawFn) -> Atlas:
    """A body of one to three areas and none to six regions."""
    areas = {
        f"area-{n}": Area(f"area-{n}", f"Area {n}", draw(st.booleans()), (), ()) for n in range(draw(st.integers(1, 3)))
    }
    regions = {
        name: Region(
            name,
            name,
            draw(st.booleans()),
            draw(st.sampled_from(sorted(areas))),
            (),
            frozenset(draw(st.sets(st.sampled_from(STRUCTURES)))),
            frozenset(draw(st.sets(st.sampled_from(FEATURES)))),
            draw(st.sampled_from([None, "never here"])),
            (SOURCE,),
        )
        for name in (f"region-{n}" for n in range(draw(st.integers(0, 6))))
    }
    structures = {one: Structure(one, one, "harm", "significant", (), (SOURCE,)) for one in STRUCTURES}
    return Atlas(areas=areas, structures=structures, regions=regions, muscles={}, coarse={}, points={})


between = st.builds(
    Between,
    st.sampled_from(MEASURED),
    st.none() | st.sampled_from(CUT_OFFS),
    st.booleans(),
    st.none() | st.sampled_from(CUT_OFFS),
    st.booleans(),
)
of_person: st.SearchStrategy[Expression] = st.sampled_from([*FACTS, *LOCATED]).map(Fact) | between.map(Quantity)


def of_place(atlas: Atlas) -> st.SearchStrategy[Expression]:
    """What can be asked of a place of this body."""
    asked: list[st.SearchStrategy[Expression]] = [
        of_person,
        st.sampled_from(LOCATED).map(Here),
        st.sampled_from(STRUCTURES).map(Beneath),
        st.sampled_from(FEATURES).map(Feature),
        st.sampled_from(sorted(atlas.areas)).map(lambda one: InArea(one, atlas.area_bits([one], None))),
        st.just(Barred()),
        st.just(Planned("technique", "deep")),
        st.just(NeedleMayReach(None)),
    ]
    if atlas.regions:
        asked.append(st.sampled_from(sorted(atlas.regions)).map(lambda one: At("region", one)))
    return st.one_of(asked)


def expressions(leaf: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """Leaves joined by all, any, not and surely."""
    return st.recursive(
        leaf,
        lambda part: st.one_of(
            st.lists(part, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(part, min_size=1, max_size=3).map(lambda parts: Some(tuple(parts))),
            part.map(Not),
            part.map(Surely),
        ),
        max_leaves=6,
    )


def located(atlas: Atlas) -> st.SearchStrategy[Expression]:
    """One or two located facts here, alone or with something else that has to be so: the ordinary rule about a place."""
    here = st.lists(st.sampled_from(LOCATED).map(Here), min_size=1, max_size=2).map(lambda some: Some(tuple(some)))
    return here | st.tuples(here, of_place(atlas)).map(All) | st.tuples(here, of_person).map(All)


@st.composite
def rules(draw: st.DrawFn, atlas: Atlas) -> tuple[Rule, ...]:
    """None to eight rules, some of them eased by whatever."""
    of = {
        "person": (Scope.PERSON, expressions(of_person)),
        "place": (Scope.SITE, expressions(of_place(atlas))),
        "located": (Scope.SITE, located(atlas)),
    }
    made = []
    for n, kind in enumerate(draw(st.lists(st.sampled_from(sorted(of)), max_size=8))):
        scope, when = of[kind]
        eased = draw(st.none() | st.builds(Eased, of_person | when, st.sampled_from(list(Level))))
        made.append(rule(f"rule-{n}", draw(st.sampled_from(list(Level))), draw(when), scope=scope, eased=eased))
    return tuple(made)


@st.composite
def knowledges(draw: st.DrawFn) -> ScreenKnowledge:
    """A knowledge of a random body and random rules."""
    atlas = draw(atlases())
    return ScreenKnowledge(
        atlas=atlas,
        gazetteer=Gazetteer.of(atlas, {}),
        facts={one: fact(one, adverse=one not in FACTS[2:], located=one in LOCATED) for one in [*FACTS, *LOCATED]},
        medicines={},
        unremarkable={},
        measurements={
            one: Measurement(one, one, "1", one, (0, 200), (), (), None, None, (SOURCE,)) for one in MEASURED
        },
        rules=draw(rules(atlas)),
        cues=CUES,
        release="test",
        sha256="0" * 64,
    )


truths = st.sampled_from([True, False, None])
values = st.none() | st.sampled_from([*CUT_OFFS, 0.0, 2.9999999, 200.0, math.nan, math.inf])
evidence = st.none() | st.lists(
    st.fixed_dictionaries(
        {
            "fact": st.sampled_from(FACTS),
            "said": st.just("asthma, it's old"),
            "origin": st.just("Condition/1"),
            "code": st.none() | st.just("J45"),
            "on": st.none() | st.dates(),
        }
    ),
    max_size=2,
)


@st.composite
def crowds(draw: st.DrawFn, columns: FactColumns, atlas: Atlas, at_most: int = 12) -> list[dict[str, object]]:
    """Rows of a table of facts: any truth, any place (even of what is not so), any value, in any order of the people."""
    everywhere = 2 ** (2 * len(atlas.areas)) - 1
    person = st.fixed_dictionaries(
        {
            **{fact_column(one): truths for one in columns.facts},
            **{place_column(one): st.none() | st.integers(0, everywhere) for one in columns.located},
            **{quantity_column(one): values for one in columns.quantities},
            WORDS_MISSING: st.sampled_from([0, 0, 0, 2]),
            EVIDENCE: evidence,
        }
    )
    names = draw(st.lists(st.text(min_size=1, max_size=4), max_size=at_most, unique=True))
    return [{PERSON: name, **draw(person)} for name in names]
