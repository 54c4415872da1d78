"""Random rules, people and plans over the small body, for laws that have to hold whatever the knowledge says."""

from hypothesis import strategies as st

from needlepoint.screen import Answers, Needle, Proposal, Scope
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
    NamedCoarsely,
    NeedleMayReach,
    Not,
    Planned,
    Quantity,
    Sitting,
    Some,
)
from needlepoint.screen.facts import Between
from needlepoint.screen.rule import Eased, Rule
from needlepoint.terms import Level, Side
from tests.small_knowledge import FACTS, rule, small_atlas

ATLAS = small_atlas()
ADVERSE = [one.id for one in FACTS if one.adverse]
LOCATED = [one.id for one in FACTS if one.located]
BENIGN = [one.id for one in FACTS if not one.adverse]

between = st.builds(
    lambda low, width, low_in, high_in: Between(
        "age-years", low, low_in, None if width is None else low + width, high_in
    ),
    st.integers(0, 100).map(float),
    st.none() | st.integers(0, 40).map(float),
    st.booleans(),
    st.booleans(),
)
person_leaf: st.SearchStrategy[Expression] = st.one_of(
    st.sampled_from(ADVERSE).map(Fact),
    st.sampled_from(BENIGN).map(lambda one: Not(Fact(one))),
    between.map(Quantity),
)
site_leaf: st.SearchStrategy[Expression] = st.one_of(
    person_leaf,
    st.sampled_from(LOCATED).map(Here),
    st.sampled_from(["pleura", "heart"]).map(Beneath),
    st.just(Feature("deep")),
    st.sampled_from(["anterior-chest", "sternum"]).map(lambda one: At("region", one)),
    st.just(At("muscle", "rectus-femoris")),
    st.sampled_from(["chest", "thigh"]).map(lambda one: InArea(one, ATLAS.area_bits([one], None))),
    st.just(Barred()),
    st.just(NamedCoarsely()),
    st.sampled_from([("technique", "deep"), ("stimulation", "electrical")]).map(lambda one: Planned(*one)),
    st.sampled_from(["pleura", None]).map(NeedleMayReach),
)


def expressions(leaf: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """All and any of leaves, some levels deep. Facts keep their worrying direction."""
    return st.recursive(
        leaf,
        lambda part: st.one_of(
            st.lists(part, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
            st.lists(part, min_size=1, max_size=3).map(lambda parts: Some(tuple(parts))),
        ),
        max_leaves=6,
    )


levels = st.sampled_from([Level.STOP, Level.WEIGH, Level.ADAPT, Level.CLEAR])
easings = st.none() | st.builds(
    lambda fact, to: Eased(Fact(fact), to), st.sampled_from(BENIGN), st.sampled_from([Level.CLEAR, Level.ADAPT])
)


@st.composite
def rule_sets(draw: st.DrawFn, *, easing: bool = True) -> tuple[Rule, ...]:
    """A few rules, about the person and about places."""
    made = []
    for n in range(draw(st.integers(1, 7))):
        scope = draw(st.sampled_from([Scope.PERSON, Scope.SITE]))
        leaf = person_leaf | st.just(Sitting("both-sides-of-chest")) if scope is Scope.PERSON else site_leaf
        level = draw(levels)
        eased = draw(easings) if easing else None
        if eased and eased.to >= level:
            eased = None
        made.append(rule(f"rule-{n}", level, draw(expressions(leaf)), scope=scope, eased=eased))
    return tuple(made)


truths = st.sampled_from([True, False, None])
SOMEWHERE = [ATLAS.area_bits([area], side) for area in ("chest", "thigh") for side in (Side.LEFT, Side.RIGHT)]


@st.composite
def people(draw: st.DrawFn) -> Answers:
    """A person of whom some things are known and others are not."""
    facts = {one.id: truth for one in FACTS if (truth := draw(truths)) is not None}
    places = {one: draw(st.sampled_from(SOMEWHERE)) for one in LOCATED if facts.get(one) and draw(st.booleans())}
    quantities = {"age-years": float(draw(st.integers(0, 120)))} if draw(st.booleans()) else {}
    return Answers(facts=facts, places=places, quantities=quantities)


@st.composite
def proposals(draw: st.DrawFn) -> tuple[Proposal, ...]:
    """None to three proposed places with more or less said about the plan."""
    made = []
    for n in range(draw(st.integers(0, 3))):
        side = draw(st.sampled_from([Side.LEFT, Side.RIGHT, None]))
        place = draw(
            st.sampled_from(
                [
                    ATLAS.place_of_muscle("pectoralis-major", side),
                    ATLAS.place_of_muscle("rectus-femoris", side),
                    ATLAS.place_of_region("sternum", side),
                    ATLAS.place_of_coarse("trunk", side),
                    None,
                ]
            )
        )
        made.append(
            Proposal(
                place,
                "a place",
                f"proposed[{n}]",
                Needle(draw(st.sampled_from([None, 10.0, 30.0]))),
                draw(st.sampled_from([None, "deep", "superficial"])),
                draw(st.sampled_from([None, "none", "electrical"])),
            )
        )
    return tuple(made)
