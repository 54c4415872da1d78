"""Forms that a person filled in, whose questions carry our own ids."""

from typing import Any

import pytest

from needlepoint.screen import Reply
from tests.unit.exchange.fhir.records import answers, of_mara, told


def form(*items: dict[str, Any], authored: str | None = "2026-03-02", **fields: Any) -> dict[str, Any]:
    given = {"status": "completed", "item": list(items), **({"authored": authored} if authored else {}), **fields}
    return of_mara("QuestionnaireResponse", **given)


def item(link: str, *answer: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"linkId": link, "answer": list(answer), **fields}


def yes_or_no(link: str, value: bool) -> dict[str, Any]:
    return item(link, {"valueBoolean": value})


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ({"valueBoolean": True}, True),
        ({"valueBoolean": False}, False),
        ({"valueCoding": {"code": "Y"}}, True),
        ({"valueCoding": {"system": "http://snomed.info/sct", "code": "373067005"}}, False),
        ({"valueCoding": {"display": "No"}}, False),
        ({"valueCoding": {"code": "asked-unknown"}}, None),
        ({"valueString": "yes"}, True),
        ({"valueString": "unknown"}, None),
    ],
)
def test_yes_no_and_unknown_are_understood(answer: dict[str, Any], value: bool | None) -> None:
    record = told(form(item("bleeding_disorder", answer)))
    origin = "QuestionnaireResponse/questionnaireresponse-1 bleeding_disorder"
    assert Reply("bleeding-disorder", value, origin) in record.replies


def test_a_no_of_today_is_a_no() -> None:
    assert answers(form(yes_or_no("bleeding-disorder", False))).truth("bleeding-disorder") is False


def test_answers_deep_inside_a_form_are_found() -> None:
    nested = {
        "linkId": "group",
        "item": [item("pregnant", {"valueBoolean": True, "item": [yes_or_no("steroid", True)]})],
    }
    known = answers(form(nested))
    assert (known.truth("pregnant"), known.truth("steroid")) == (True, True)


def test_a_number_becomes_a_measurement() -> None:
    assert answers(form(item("inr", {"valueDecimal": 2.5}))).quantities["inr"] == 2.5
    pounds = item("weight-kg", {"valueQuantity": {"value": 150, "code": "[lb_av]"}})
    assert answers(form(pounds)).quantities["weight-kg"] == pytest.approx(68.04, abs=0.01)


def test_a_question_that_is_not_ours_is_not_understood() -> None:
    assert [one.text for one in answers(form(yes_or_no("favourite-colour", True))).not_understood] == [
        "favourite-colour"
    ]


def test_a_question_without_an_answer_was_not_answered() -> None:
    assert told(form({"linkId": "bleeding-disorder"})).replies == told(form()).replies


@pytest.mark.parametrize("authored", ["2025-03-02", None])
def test_of_an_old_form_only_the_worrying_answers_count(authored: str | None) -> None:
    old = form(
        yes_or_no("bleeding-disorder", False),
        yes_or_no("removed-spleen", True),
        yes_or_no("unwell-today", True),
        authored=authored,
    )
    known = answers(old)
    assert known.truth("bleeding-disorder") is None
    assert known.truth("removed-spleen") is True
    assert known.truth("unwell-today") is None


def test_a_newer_answer_goes_before_an_older_one() -> None:
    old, new = form(yes_or_no("removed-spleen", True), authored="2020-01-01"), form(yes_or_no("removed-spleen", False))
    assert answers({**old, "id": "old"}, new).truth("removed-spleen") is False


def test_a_form_of_after_the_visit_and_one_in_error_are_set_aside() -> None:
    for one in (
        form(yes_or_no("steroid", True), authored="2026-03-04"),
        form(yes_or_no("steroid", True), status="entered-in-error"),
    ):
        assert answers(one).truth("steroid") is None
