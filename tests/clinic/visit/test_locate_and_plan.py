"""Which muscles could explain the pain, and which needle goes where: from the drawing to the plan."""

import json
import re

from needlepoint.clinic.asking import known
from needlepoint.terms import Side
from tests.clinic.conftest import House
from tests.clinic.visit.cast import NECK, page, part, state, tap, write, wrote

TRAPEZIUS = "proposed.upper-trapezius/left"


def test_the_pain_in_words_ranks_muscles_with_their_reasons(ours: House) -> None:
    write(ours, complaint=NECK)
    html = page(ours.client("clinician"), ours, "locate")
    muscle = html.split('id="muscle-upper-trapezius-left"')[1].split('id="muscle-')[0]
    assert "Upper trapezius, left" in muscle
    assert re.search(r"\d+ %", muscle)
    assert "in its main zone" in muscle
    assert "[abstract]" in muscle


def test_of_a_pain_that_nobody_told_no_muscle_is_guessed(ours: House) -> None:
    html = page(ours.client("clinician"), ours, "locate")
    assert "Nothing was marked yet" in html
    assert 'mode="paint"' in html


def test_a_red_flag_stands_before_any_muscle(ours: House) -> None:
    write(ours, complaint="low back pain with numbness between the legs, cannot pass urine")
    html = page(ours.client("clinician"), ours, "locate").split('id="ranking"')[1]
    assert 'role="alert"' in html
    assert "No muscles are ranked until this is settled." in html
    assert "Needle this" not in html


def test_what_the_fingers_found_is_kept_for_its_muscle_and_side(ours: House) -> None:
    write(ours, complaint=NECK)
    client = ours.client("clinician")
    field = "examination.upper-trapezius/left"
    form = {
        f"seen:{field}": "",
        f"{field}:taut_band": "yes",
        f"{field}:recognised_pain": "no",
        f"{field}:twitch": "unknown",
    }
    tap(client, ours, "locate", '{"act":"keep"}', htmx=False, **form)
    assert state(ours).value(field) == {"taut_band": True, "recognised_pain": False, "twitch": None}
    html = page(client, ours, "locate")
    assert (
        'id="upper-trapezius-left-taut_band-yes" name="examination.upper-trapezius/left:taut_band" value="yes" checked'
        in html
    )
    assert (
        'id="upper-trapezius-left-tenderness-no" name="examination.upper-trapezius/left:tenderness" value="no" checked'
        not in html
    )


def test_a_muscle_that_was_palpated_is_shown_even_where_it_explains_nothing(ours: House) -> None:
    write(ours, complaint=NECK)
    with_found = wrote("examination.gluteus-medius/right", {"taut_band": True})
    client = ours.client("clinician")
    client.post(f"/visits/{ours.visit.pk}/entries/", json.dumps({"entries": [with_found]}), "application/json")
    assert 'id="muscle-gluteus-medius-right"' in page(client, ours, "locate")


def test_a_tap_chooses_a_place_and_a_tap_takes_it_back(ours: House) -> None:
    write(ours, complaint=NECK)
    client = ours.client("clinician")
    tap(client, ours, "locate", json.dumps({"act": "propose", "field": TRAPEZIUS}))
    assert state(ours).value(TRAPEZIUS) == {}
    assert "Not after all" in part(page(client, ours, "locate"), "needle-upper-trapezius-left")
    tap(client, ours, "locate", json.dumps({"act": "withdraw", "field": TRAPEZIUS}))
    assert TRAPEZIUS in state(ours).fields
    assert state(ours).value(TRAPEZIUS) is None


def test_until_somebody_chooses_the_plan_is_only_a_suggestion(ours: House) -> None:
    write(ours, complaint=NECK)
    client = ours.client("clinician")
    assert "Nobody chose a place yet" in page(client, ours, "plan")
    tap(client, ours, "plan", json.dumps({"act": "propose", "field": TRAPEZIUS}))
    html = page(client, ours, "plan")
    assert "Nobody chose a place yet" not in html
    assert "Upper trapezius" in html


def test_a_place_says_needle_depth_hazards_and_what_its_depth_rests_on(ours: House) -> None:
    write(ours, complaint=NECK)
    client = ours.client("clinician")
    tap(client, ours, "plan", json.dumps({"act": "propose", "field": TRAPEZIUS}))
    html = page(client, ours, "plan")
    assert re.search(r"\d+ × 0\.\d+ mm", html)
    assert "Stop at" in html
    assert "Our cautious choice." in html
    assert "Lung and its lining" in html
    assert "data:image/svg+xml;base64," in html
    assert "Warning signs of this session" in html


def test_a_depth_that_was_measured_by_ultrasound_changes_what_the_depth_rests_on(ours: House) -> None:
    write(ours, complaint=NECK)
    client = ours.client("clinician")
    act = json.dumps({"act": "propose", "field": TRAPEZIUS})
    tap(client, ours, "plan", act, **{f"{TRAPEZIUS}:skin_to_pleura_mm": "32,5", f"{TRAPEZIUS}:technique": "deep"})
    assert state(ours).value(TRAPEZIUS) == {"technique": "deep", "measured": {"skin_to_pleura_mm": 32.5}}
    html = page(client, ours, "plan")
    assert 'value="32.5"' in html
    assert "32.5" in html.split("Warning signs")[0]


def test_a_distance_of_nothing_is_said_and_can_be_mended(ours: House) -> None:
    write(ours, complaint=NECK)
    client = ours.client("clinician")
    act = json.dumps({"act": "propose", "field": TRAPEZIUS})
    tap(client, ours, "plan", act, **{f"{TRAPEZIUS}:skin_to_pleura_mm": "-3"})
    html = page(client, ours, "plan")
    assert "does not fit together" in html
    assert "Not this one" in html
    tap(client, ours, "plan", json.dumps({"act": "withdraw", "field": TRAPEZIUS}))
    assert "does not fit together" not in page(client, ours, "plan")


def test_a_refusal_says_why_and_what_would_change_it(ours: House) -> None:
    write(ours, complaint=NECK, medicines=["apixaban 5 mg"])
    client = ours.client("clinician")
    tap(client, ours, "plan", json.dumps({"act": "propose", "field": TRAPEZIUS}))
    html = page(client, ours, "plan")
    assert "No needle here" in html
    assert "Would change it:" in html
    assert "Choose places in the plan first" in page(client, ours, "consent")


def test_every_muscle_can_be_chosen_by_its_own_name() -> None:
    gazetteer = known().locator.knowledge.gazetteer
    for muscle in known().screen.atlas.muscles.values():
        (place,) = gazetteer.read(muscle.id, Side.LEFT).places
        assert set(place.muscles) == {muscle.id}


def test_the_body_shows_the_pain_the_muscles_or_where_care_is_needed(ours: House) -> None:
    write(ours, complaint=NECK)
    client = ours.client("clinician")
    assert '"type": "muscles"' in page(client, ours, "locate", "?chart=muscles")
    assert '"type": "clearance"' in page(client, ours, "locate", "?chart=care")


def test_pictures_come_from_knowledge_and_bring_only_their_own_styles(ours: House) -> None:
    client = ours.client("clinician")
    answer = client.get("/pictures/place/upper-trapezius/left/")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg xmlns=")
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert client.get("/pictures/place/nothing/left/").status_code == 404
    assert client.get("/pictures/icons/8/100/").status_code == 200
    assert client.get("/pictures/icons/101/100/").status_code == 404
    assert ours.client("auditor").get("/pictures/icons/8/100/").status_code == 403
