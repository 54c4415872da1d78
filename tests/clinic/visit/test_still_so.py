"""The last visit is a starting point: its answers are no facts of today until somebody confirms them."""

from tests.clinic.conftest import House
from tests.clinic.visit.cast import last_visit, page, part, state, tap, write

ALL = '{"act":"still-so"}'


def test_what_was_told_last_time_is_preloaded_and_marked(ours: House) -> None:
    last_visit(ours, medicines=["ibuprofen"], allergies=[], answers__diabetes=True)
    offered = part(page(ours.client("clinician"), ours), "still-so")
    assert "ibuprofen" in offered
    assert "from 9 Feb 2026" in offered
    assert "Do you have diabetes?" in offered


def test_what_was_told_last_time_does_not_count_until_confirmed(ours: House) -> None:
    last_visit(ours, medicines=["apixaban"])
    client = ours.client("clinician")
    assert "anticoagulant" not in part(page(client, ours), "findings")
    assert not state(ours).fields
    html = tap(client, ours, "screen", ALL).content.decode()
    assert "Direct oral anticoagulant" in html
    assert state(ours).value("medicines") == ["apixaban"]


def test_one_tap_confirms_all_and_a_second_tap_nothing_more(ours: House) -> None:
    last_visit(ours, medicines=["ibuprofen"], allergies=[], answers__diabetes=False, person__height_cm=170)
    client = ours.client("clinician")
    assert 'id="still-so"' not in tap(client, ours, "screen", ALL).content.decode()
    known = dict(state(ours).known)
    assert known == {
        "medicines": ["ibuprofen"], "allergies": [], "answers.diabetes": False, "person.height_cm": 170, "complaint": "neck pain",
    }  # fmt: skip
    tap(client, ours, "screen", ALL)
    assert state(ours).known == known
    assert all(len(standing[0].entries) == 1 for standing in state(ours).fields.values())


def test_each_line_can_be_confirmed_by_itself(ours: House) -> None:
    last_visit(ours, medicines=["ibuprofen"], answers__diabetes=False)
    tap(ours.client("clinician"), ours, "screen", '{"act":"still-so","field":"answers.diabetes"}')
    assert state(ours).known == {"answers.diabetes": False}


def test_how_it_was_that_day_is_never_preloaded(ours: House) -> None:
    last_visit(ours, answers__pregnant=False, answers__fever_today=False, answers__consents=True,
               answers__last_dose_more_than_a_day_ago=True, measurements__inr=2.4)  # fmt: skip
    client = ours.client("clinician")
    html = page(client, ours)
    assert part(html, "still-so").count("<dt>") == 1, "only what the course of care is about"
    tap(client, ours, "screen", ALL)
    assert set(state(ours).known) == {"complaint"}


def test_what_was_told_today_is_not_asked_again(ours: House) -> None:
    last_visit(ours, medicines=["ibuprofen"])
    write(ours, who="patient", medicines=["ibuprofen", "apixaban"])
    client = ours.client("clinician")
    assert "Medicines" not in part(page(client, ours), "still-so")
    tap(client, ours, "screen", ALL)
    assert state(ours).value("medicines") == ["ibuprofen", "apixaban"]


def test_only_what_changed_since_the_last_visit_stands_at_the_head(ours: House) -> None:
    last_visit(ours, medicines=["ibuprofen"], allergies=["nickel"])
    write(ours, medicines=["ibuprofen", "apixaban"], allergies=["nickel"])
    changed = part(page(ours.client("clinician"), ours), "visit-changed")
    assert "apixaban" in changed
    assert "Since 9 Feb 2026" in changed
    assert "nickel" not in changed


def test_a_visit_that_is_not_signed_offers_nothing(ours: House) -> None:
    html = page(ours.client("clinician"), ours)
    assert "from the course of care" in part(html, "still-so")
    assert part(html, "still-so").count("<dt>") == 1


def test_the_last_visit_of_another_person_is_not_theirs(ours: House, theirs: House) -> None:
    last_visit(theirs, medicines=["ibuprofen"])
    assert "ibuprofen" not in page(ours.client("clinician"), ours)
