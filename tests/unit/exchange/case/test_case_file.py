"""The case file: ten lines of plain words, and what is wrong with them."""

import gzip
from datetime import date

import pytest

from needlepoint.exchange.case import read_document
from needlepoint.exchange.told import InputError, Told
from needlepoint.screen import Asked
from needlepoint.terms import Side
from tests.small_knowledge import small_knowledge

KNOWLEDGE = small_knowledge([])
TODAY = date(2026, 3, 2)


def read(text: str | bytes, name: str = "case.yaml") -> Told:
    raw = text.encode() if isinstance(text, str) else text
    return read_document(raw, name, KNOWLEDGE, on=None, today=TODAY)


def refused(text: str | bytes, name: str = "case.yaml") -> str:
    with pytest.raises(InputError) as caught:
        read(text, name)
    return "\n".join(caught.value.lines)


def test_an_empty_file_tells_nothing_and_is_no_fault() -> None:
    assert read("").entries == ()
    assert read("{}").asked == frozenset()


def test_an_empty_list_means_asked_and_none_and_a_missing_key_means_not_asked() -> None:
    assert read("conditions: []").asked == {Asked.CONDITIONS}
    assert read("medicines: []").asked == {Asked.MEDICINES}


def test_the_day_of_the_visit_is_a_word_and_not_the_opposite_of_off() -> None:
    assert read("on: 2026-01-05").on == date(2026, 1, 5)


@pytest.mark.parametrize("form", ['{"conditions": ["headache"]}', "{conditions: [headache]}", "conditions: [headache]"])
def test_json_flow_yaml_and_yaml_say_the_same(form: str) -> None:
    assert [entry.text for entry in read(form).entries] == ["headache"]


def test_a_packed_file_is_unpacked() -> None:
    assert read(gzip.compress(b"conditions: [headache]")).entries[0].text == "headache"


def test_an_entry_in_full_keeps_code_side_and_time() -> None:
    told = read(
        "conditions:\n  - {text: haemophilia, side: L, since: 2019, active: no, code: {system: icd10cm, code: D66}}\n"
    )
    (entry,) = told.entries
    assert (entry.side, entry.since, entry.active) == (Side.LEFT, date(2019, 12, 31), False)
    assert (entry.codes[0].system, entry.codes[0].value) == ("icd10", "D66")


def test_a_classification_that_nobody_knows_is_returned_and_not_dropped() -> None:
    told = read("conditions: [{text: headache, code: {system: moonbase, code: 12}}]".replace("12", '"12"'))
    assert told.not_understood[0].text == "moonbase 12"


def test_age_comes_from_the_birth_date_on_the_day() -> None:
    told = read("on: 2026-01-19\nperson: {birth_date: 1995-01-20}")
    assert [(one.id, one.value) for one in told.readings] == [("age-years", 30)]


def test_bmi_comes_from_height_and_weight() -> None:
    told = read("person: {height_cm: 170, weight_kg: 62}")
    assert ("bmi", 21.5) in [(one.id, one.value) for one in told.readings]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("medication: [apixaban]", "did you mean `medicines`?"),
        ("conditions: headache", "wants a list"),
        ("conditions: [no]", "write [] for none"),
        ("on: 2026-13-45", "write it as 2026-03-02"),
        ("conditions: []\nconditions: []", "stands here twice"),
        ('{"conditions": [], "conditions": []}', "twice"),
        ("conditions: [a\nb: {", "not readable as YAML"),
        ("person: {birth_date: 2030-01-01}", "after the day of the visit"),
        ("person: {age: 12, birth_date: 1980-01-01}", "does not fit the birth date"),
        ("person: {age: 900}", "less than or equal to 125"),
        ("proposed: [{muscle: pec major, side: up}]", "'left', 'right', 'both' or 'midline'"),
        ("- one\n- two", "this is a list"),
        ("just words", "a piece of text"),
        ("needlepoint: 2", "needlepoint"),
        ("proposed: [{muscle: pec major, measured: {skin_to_pleura_mm: -3}}]", "more than 0 mm"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place_and_how_to_mend_it(text: str, said: str) -> None:
    message = refused(text)
    assert said in message
    assert message.startswith("case.yaml")


def test_every_fault_is_named_at_once_with_its_line() -> None:
    message = refused("on: tomorrow\nperson: {age: old}\nzorblax: 1\n")
    assert len(message.splitlines()) == 3
    assert "line 1" in message
    assert "line 2" in message
    assert "line 3" in message


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"\x1f\x8bdamaged", b'{"conditions": ["\xff"]}'])
def test_bytes_that_are_no_text_are_refused(raw: bytes) -> None:
    assert refused(raw)


def test_proposed_places_carry_their_plan() -> None:
    told = read(
        "proposed: [{muscle: pec major, side: left, needle: {length_mm: 30, diameter_mm: 0.25}, technique: deep,"
        " stimulation: e-stim, position: lying on the moon, measured: {skin_to_pleura_mm: 22}}]"
    )
    (proposal,) = told.proposed
    assert proposal.place is not None
    assert proposal.place.muscle == "pectoralis-major"
    assert (proposal.needle.length_mm, proposal.technique, proposal.stimulation, proposal.position) == (
        30,
        "deep",
        "electrical",
        None,
    )
    assert proposal.measured_mm == {"pleura": 22}
    assert [one.text for one in told.not_understood] == ["lying on the moon"]


def test_both_sides_become_two_places_and_one_entry_may_name_several() -> None:
    told = read('proposed: [{muscle: pec major, side: both}, {site: "LU1 left and rec fem right"}]')
    assert [(one.place.label, one.place.side) for one in told.proposed if one.place] == [
        ("Pectoralis major", Side.LEFT),
        ("Pectoralis major", Side.RIGHT),
        ("LU1", Side.LEFT),
        ("Rectus femoris", Side.RIGHT),
    ]


def test_a_muscle_at_a_named_region_has_the_hazards_of_both() -> None:
    (proposal,) = read("proposed: [{muscle: rec fem, region: anterior chest, side: left}]").proposed
    assert proposal.place is not None
    assert proposal.place.beneath == {"pleura"}
    assert proposal.place.features == {"deep"}


def test_a_place_that_nobody_knows_stays_in_the_list() -> None:
    told = read("proposed: [{muscle: the zorblax}, {}]")
    assert [one.place for one in told.proposed] == [None, None]
    assert len(told.not_understood) == 2


def test_pain_and_examination_places_are_read_and_slips_are_returned() -> None:
    told = read("pain: [{region: left pec area}, {region: elbouw}]\nexamination: [{muscle: rectus femris}]")
    assert [one.text for one in told.not_understood] == ["elbouw", "rectus femris"]


def test_answers_are_yes_no_not_known_or_a_number() -> None:
    told = read("answers: {consents: yes, took_it_well_before: 'unknown', inr: 2, male: 'no'}")
    assert [(one.id, one.value) for one in told.replies] == [
        ("consents", True),
        ("took_it_well_before", None),
        ("inr", 2.0),
        ("male", False),
    ]
