"""A rule's `when` in words that a physiotherapist reads aloud."""

from typing import TYPE_CHECKING

import pytest

from needlepoint.screen import expression as e
from needlepoint.screen.facts import Between

if TYPE_CHECKING:
    from manual.known import Known


def test_every_rule_can_be_said(known: "Known") -> None:
    from manual.english import english

    for rule in known.knowledge.rules:
        said = english(rule.when, known.knowledge)
        assert said, rule.id
        assert "(id=" not in said, rule.id
        assert said.count("(") == said.count(")"), rule.id


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        (e.Beneath("pleura"), "beneath the place: lung and its lining"),
        (e.Quantity(Between("inr", low=3, low_in=False)), "INR above 3"),
        (e.Surely(e.Quantity(Between("inr", low=3, low_in=False))), "INR above 3 (only if it was measured)"),
        (e.Quantity(Between("age-years", low=12, high=18, high_in=False)), "age at least 12 years and below 18 years"),
        (e.All((e.Feature("deep"), e.Some((e.Beneath("heart"), e.Beneath("kidney"))))),
         "the place is usually reached only with a deep needle, and beneath the place: heart or kidney"),
        (e.Planned("guidance", "none"), "the planned guidance is without ultrasound"),
    ],
)  # fmt: skip
def test_an_expression_is_said_in_plain_english(expression: e.Expression, said: str, known: "Known") -> None:
    from manual.english import english

    assert english(expression, known.knowledge) == said


def test_what_is_denied_is_said_as_denied(known: "Known") -> None:
    from manual.english import english

    title = known.knowledge.facts["consents"].title
    assert english(e.Not(e.Fact("consents")), known.knowledge) == f"not: *{title}*"
