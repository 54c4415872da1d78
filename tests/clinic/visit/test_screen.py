"""May this person be needled today? The first step of the visit page."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from needlepoint.clinic.records.models import AuditEntry, Conclusion, Visit
from needlepoint.clinic.records.scope import within
from tests.clinic.conftest import House
from tests.clinic.visit.cast import NECK, count, page, part, sign, state, tap, write

STEPS = ("", "screen", "locate", "plan", "consent", "treat", "recover", "sign")


@pytest.mark.parametrize("step", STEPS)
def test_every_step_opens_for_somebody_of_whom_nothing_is_known(ours: House, step: str) -> None:
    html = page(ours.client("clinician"), ours, step)
    assert "The Patient" in html
    assert 'aria-current="step"' in html
    assert "style=" not in html
    assert "<script>" not in html


def test_not_asked_is_not_no(ours: House) -> None:
    html = page(ours.client("clinician"), ours)
    asked = part(html, "question-answers-needs-a-doctor-first")
    assert "checked" not in asked
    assert "Not yet cleared" in part(html, "findings")
    assert "answers.needs-a-doctor-first" not in state(ours).fields


def test_not_known_is_an_answer_that_keeps_the_question_open(ours: House) -> None:
    write(ours, answers__pregnant=None)
    html = page(ours.client("clinician"), ours)
    question = part(html, "question-answers-pregnant")
    assert 'value="unknown" checked' in question
    assert "Not yet cleared" in part(html, "findings")


def test_a_conflict_is_shown_side_by_side_and_keeps_the_answer_open(ours: House) -> None:
    write(ours, who="patient", answers__pregnant=False)
    write(ours, answers__pregnant=True)
    html = page(ours.client("clinician"), ours)
    assert "Are you pregnant?: two different answers" in html
    assert html.count("This one holds") == 2
    question = part(html, "question-answers-pregnant")
    assert "checked" not in question
    assert len(json.loads(question.split('data-heads="')[1].split("}]")[0] + "}]")) == 2
    assert "Are you pregnant?" in html


def test_who_settles_a_conflict_has_seen_both(ours: House) -> None:
    write(ours, who="patient", answers__pregnant=False)
    write(ours, answers__pregnant=True)
    first, second = state(ours).conflicts["answers.pregnant"]
    client = ours.client("clinician")
    answer = client.post(
        f"/visits/{ours.visit.pk}/screen/", {"field": "answers.pregnant", "holds": second.entries[0]}, follow=True
    )
    assert "two different answers" not in answer.content.decode()
    assert state(ours).value("answers.pregnant") is second.value
    assert not state(ours).conflicts
    assert first.value is not second.value


def test_what_the_patient_told_is_marked_as_told_by_the_patient(ours: House) -> None:
    write(ours, who="patient", answers__needle_fear=False, medicines=["apixaban 5 mg"])
    html = page(ours.client("clinician"), ours)
    assert "told by the patient" in part(html, "question-answers-needle_fear")
    assert "told by the patient" in part(html, "field-medicines")


def test_none_is_an_answer_and_an_empty_list_is_not(ours: House) -> None:
    client = ours.client("clinician")
    assert "not asked yet" in part(page(client, ours), "field-allergies")
    tap(client, ours, "screen", '{"act":"keep"}', htmx=False, **{"seen:allergies": "", "allergies": ""})
    assert "allergies" not in state(ours).fields
    tap(
        client,
        ours,
        "screen",
        '{"act":"keep"}',
        htmx=False,
        **{"seen:allergies": "", "allergies": "", "none:allergies": "none"},
    )
    assert state(ours).value("allergies") == []
    assert "not asked yet" not in part(page(client, ours), "field-allergies")


def test_without_a_script_the_form_writes_the_same_entries(ours: House) -> None:
    client = ours.client("clinician")
    form = {
        "seen:answers.pregnant": "", "answers.pregnant": "no", "seen:medicines": "", "medicines": " apixaban 5 mg \n\nibuprofen",
        "seen:person.height_cm": "", "person.height_cm": "170,5", "seen:answers.fever-today": "",
    }  # fmt: skip
    tap(client, ours, "screen", '{"act":"keep"}', htmx=False, **form)
    known = state(ours).known
    assert known == {"answers.pregnant": False, "medicines": ["apixaban 5 mg", "ibuprofen"], "person.height_cm": 170.5}
    tap(client, ours, "screen", '{"act":"keep"}', htmx=False, **form)
    assert count(ours) == 3, "sent twice, it is written once"


def test_a_form_that_was_read_before_a_colleague_wrote_makes_a_conflict_and_loses_nothing(ours: House) -> None:
    write(ours, medicines=["apixaban"])
    (seen,) = state(ours).entries("medicines")
    client = ours.client("clinician")
    tap(
        client,
        ours,
        "screen",
        '{"act":"keep"}',
        htmx=False,
        **{"seen:medicines": seen, "medicines": "apixaban\nmetformin"},
    )
    tap(
        ours.client("owner"),
        ours,
        "screen",
        '{"act":"keep"}',
        htmx=False,
        **{"seen:medicines": seen, "medicines": "warfarin"},
    )
    assert {tuple(one.value) for one in state(ours).conflicts["medicines"]} == {
        ("apixaban", "metformin"),
        ("warfarin",),
    }


def test_a_number_that_is_none_is_told_and_nothing_is_kept(ours: House) -> None:
    answer = tap(ours.client("clinician"), ours, "screen", '{"act":"keep"}', htmx=False,
                 **{"seen:measurements.inr": "", "measurements.inr": "two"})  # fmt: skip
    assert "could not be read" in answer.content.decode()
    assert count(ours) == 0


def test_a_word_that_nobody_understood_is_mended_by_a_tap(ours: House) -> None:
    write(ours, conditions=["asthma", "migrane headache"], medicines=["frobnitz"])
    client = ours.client("clinician")
    assert "“frobnitz”" in page(client, ours)
    act = {"act": "instead", "origin": "medicines[0]", "text": "frobnitz", "word": "Froben"}
    assert "“frobnitz”" not in tap(client, ours, "screen", json.dumps(act)).content.decode()
    assert state(ours).value("medicines") == ["Froben"]


def test_findings_say_why_and_what_to_do_and_who_says_so(ours: House) -> None:
    write(ours, medicines=["apixaban 5 mg"])
    html = page(ours.client("clinician"), ours)
    assert "Direct oral anticoagulant" in html
    assert "Because: apixaban" in html
    assert "The medicine is not stopped or skipped for needling." in html


def test_a_birth_date_that_does_not_fit_the_age_is_said_at_the_top(ours: House) -> None:
    write(ours, person__age=12, complaint=NECK)
    for step in STEPS:
        html = page(ours.client("clinician"), ours, step)
        assert "does not fit the birth date" in html, step
    assert "Not yet cleared" in part(html, "visit-glance")


def test_the_list_of_today_learns_the_level_and_forgets_it_when_something_is_told(ours: House) -> None:
    write(ours, complaint=NECK)
    client = ours.client("clinician")
    page(client, ours)
    with within(ours.organisation.pk):
        assert Visit.objects.get(pk=ours.visit.pk).level == "adapt"
    write(ours, answers__pregnant=True)
    with within(ours.organisation.pk):
        assert Visit.objects.get(pk=ours.visit.pk).level == ""
    page(client, ours)
    write(ours, note__text="told them to rest")
    with within(ours.organisation.pk):
        assert Visit.objects.get(pk=ours.visit.pk).level == "weigh", "the note says nothing to the screen"


def test_what_was_concluded_is_kept_once_for_what_it_was_concluded_from(ours: House) -> None:
    write(ours, complaint=NECK)
    client = ours.client("clinician")
    for _ in range(2):
        for step in ("screen", "locate", "plan"):
            page(client, ours, step)
    with within(ours.organisation.pk):
        assert sorted(Conclusion.objects.values_list("kind", flat=True)) == ["clearance", "located", "page", "plan"]


def test_a_page_on_which_nothing_changed_asks_nothing_anew(ours: House, monkeypatch: pytest.MonkeyPatch) -> None:
    write(ours, complaint=NECK)
    client = ours.client("clinician")
    page(client, ours, "plan")
    from needlepoint.clinic.pages.visit import concluded

    concluded.pages.forget()
    monkeypatch.setattr(concluded, "ask_case", lambda *_: pytest.fail("asked again"))
    assert "Upper trapezius" in page(client, ours, "plan")


def test_a_refreshed_part_keeps_no_conclusion(ours: House) -> None:
    write(ours, complaint=NECK)
    page(ours.client("clinician"), ours, "screen", "?refresh=1&asked=pregnant")
    with within(ours.organisation.pk):
        assert not Conclusion.objects.exists()


def test_questions_that_came_up_are_added_and_none_is_taken_away(ours: House) -> None:
    html = page(ours.client("clinician"), ours, "screen", "?refresh=1&asked=pregnant")
    new = html.split('id="new-questions"')[1]
    assert 'id="question-answers-pregnant"' not in new
    assert 'id="question-answers-needs-a-doctor-first"' in new


def test_a_signed_visit_opens_read_only_and_leads_to_its_note(ours: House) -> None:
    write(ours, complaint=NECK, answers__pregnant=False)
    page(ours.client("clinician"), ours, "screen")
    sign(ours)
    client = ours.client("clinician")
    for step in ("", "screen", "locate", "plan", "consent", "recover"):
        html = page(client, ours, step)
        assert "Signed by The clinician" in html, step
        assert "/notes/" in html
        assert "data-field" not in html, step
        assert 'name="act"' not in html, step
    before = count(ours)
    answer = tap(client, ours, "screen", '{"act":"none","field":"allergies"}')
    assert "The note is signed" in answer.content.decode()
    assert count(ours) == before


def test_a_reader_sees_everything_and_has_no_controls(ours: House) -> None:
    write(ours, complaint=NECK, medicines=["apixaban 5 mg"])
    client = ours.client("reader")
    html = page(client, ours)
    assert "apixaban 5 mg" in html
    assert "Direct oral anticoagulant" in html
    for step in ("screen", "locate", "plan", "consent", "recover"):
        html = page(client, ours, step)
        assert "data-field" not in html
        assert "<button" not in html.split('id="step"')[1].split('class="foot"')[0], step
    assert tap(client, ours, "screen", '{"act":"none","field":"allergies"}').status_code == 403
    assert client.post(f"/visits/{ours.visit.pk}/consent/sign/", {"agrees": "yes", "name": "x"}).status_code == 403
    assert client.get(f"/visits/{ours.visit.pk}/").status_code == 200


def test_an_auditor_opens_no_visit(ours: House) -> None:
    assert ours.client("auditor").get(f"/visits/{ours.visit.pk}/").status_code == 403


def test_a_stranger_of_another_organisation_finds_no_visit(ours: House, theirs: House) -> None:
    client = theirs.client("owner")
    for step in STEPS:
        assert client.get(f"/visits/{ours.visit.pk}/{f'{step}/' if step else ''}").status_code == 404, step
    assert tap(client, ours, "screen", '{"act":"none","field":"allergies"}').status_code == 404
    assert client.post(f"/visits/{ours.visit.pk}/consent/sign/", {"agrees": "yes"}).status_code == 404
    assert count(ours) == 0


def test_opening_and_writing_leave_a_trail(ours: House) -> None:
    client = ours.client("clinician")
    page(client, ours, "locate")
    tap(client, ours, "screen", '{"act":"none","field":"allergies"}')
    with within(ours.organisation.pk):
        trail = list(AuditEntry.objects.order_by("number").values_list("action", "changed"))
    opened, asked, wrote = trail[:3]
    assert opened == ("opened a visit: locate", False)
    assert (asked, wrote) == (("asked to write into a visit", False), ("wrote into a visit", True))


@pytest.mark.parametrize(
    "act", ["", "[]", "7", '{"act":"undo"}', '{"act":"none","field":"nothing"}', '{"act":"instead","origin":"conditions[9]"}',
            '{"act":"propose","field":"answers.pregnant"}', '{"act":"settle","field":"medicines","holds":"x"}', '{"act":{}}'])  # fmt: skip
def test_a_tap_that_no_page_of_ours_has_is_told_and_writes_nothing(ours: House, act: str) -> None:
    answer = tap(ours.client("clinician"), ours, "screen", act)
    assert answer.status_code == 200
    assert "could not be read" in answer.content.decode()
    assert count(ours) == 0


@pytest.mark.parametrize("step", STEPS)
def test_more_answers_make_no_more_queries(ours: House, step: str) -> None:
    client = ours.client("clinician")
    write(ours, complaint=NECK, conditions=["migraine"])
    page(client, ours, step)
    few = _queries(ours, client, step)
    names = [
        "diabetes",
        "epilepsy",
        "needle-fear",
        "scoliosis",
        "smoker",
        "kyphosis",
        "hernia",
        "keloid",
        "tuberculosis",
        "psychosis",
    ]
    for n in range(4):
        write(ours, **{f"answers__{name}": bool(n % 2) for name in names})
    page(client, ours, step)
    assert _queries(ours, client, step) <= few


def _queries(ours: House, client: object, step: str) -> int:
    with CaptureQueriesContext(connection) as told:
        page(client, ours, step)  # type: ignore[arg-type]
    return len(told)
