"""Whatever comes in from outside is read or refused in words; it never breaks the program."""

from datetime import date
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from needlepoint.exchange.answers import screen_answer
from needlepoint.exchange.case import read_document
from needlepoint.exchange.told import InputError
from needlepoint.screen import Asked, Entry, Listener, assess
from needlepoint.screen.expression import Beneath, Fact, Not
from needlepoint.screen.rule import Scope
from needlepoint.terms import Level
from tests.small_knowledge import rule, small_knowledge

KNOWLEDGE = small_knowledge(
    [rule("bleeds", Level.STOP, Fact("bleeding-disorder")), rule("agrees", Level.STOP, Not(Fact("consents"))),
     rule("lung", Level.ADAPT, Beneath("pleura"), scope=Scope.SITE)]
)  # fmt: skip
LISTENER = Listener(KNOWLEDGE)
TODAY = date(2026, 3, 2)

values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.floats()
    | st.text(max_size=12)
    | st.just("haemophilia")
    | st.just("2026-02-30"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["text", "side", "code", "age", "muscle", "x"]), inner, max_size=4)
    ),
    max_leaves=10,
)
keys = st.sampled_from(
    ["needlepoint", "on", "person", "complaint", "conditions", "medicines", "allergies", "implants", "measurements", "answers", "pain",
     "examination", "proposed", "training", "surprise"]
)  # fmt: skip


def read_or_refuse(raw: bytes) -> None:
    try:
        told = read_document(raw, "case", KNOWLEDGE, on=None, today=TODAY)
    except InputError as refused:
        assert refused.lines
        assert all(line.strip() for line in refused.lines)
        return
    clearance = assess(told.answers(LISTENER, on=TODAY), told.proposed, KNOWLEDGE, on=TODAY)
    orjson.dumps(screen_answer(clearance))


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(keys, values, max_size=5))
def test_any_document_is_answered_or_refused_in_words(document: dict[str, Any]) -> None:
    read_or_refuse(orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_answered_or_refused_in_words(raw: bytes) -> None:
    read_or_refuse(raw)


letters = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäßﬁ?,;:()/ 0123456789-'", max_size=60)


@settings(max_examples=300, deadline=None)
@given(letters, st.sampled_from(list(Asked)))
def test_no_word_disappears(text: str, which: Asked) -> None:
    """A line is understood, or something of it comes back; nothing is silently dropped."""
    answers = LISTENER.hear([Entry(which, text, "x[0]")], [], [], [], on=TODAY)
    understood = answers.facts or answers.unsure or answers.set_aside or answers.asked
    ordinary = any(known in text for known in ("headache", "neck pain"))
    assert understood or answers.not_understood or ordinary


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="bcdfghjklmnpqrstvwxz", min_size=5, max_size=12),
    st.sampled_from(["haemophilia", "headache", "no haemophilia", "DVT left"]),
)
def test_a_strange_word_beside_a_known_one_comes_back(strange: str, known: str) -> None:
    answers = LISTENER.hear([Entry(Asked.CONDITIONS, f"{known} {strange}", "conditions[0]")], [], [], [], on=TODAY)
    assert strange in " ".join(one.text for one in answers.not_understood)
