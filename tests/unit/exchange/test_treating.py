"""Entries from a device: what is read, what is refused and how it is said, and what goes back."""

import pytest

from needlepoint.exchange.told import InputError
from needlepoint.exchange.treating import act_as_json, read_act, session_answer
from needlepoint.terms import Side
from needlepoint.treat import Act, Grade, Happened, NeedleIn, PainTold, Point, Twitch, missing, retained, session_of
from tests.unit.treat.people import LATER, TEN, acts, small, whole


def entry(kind: str, /, **body: object) -> dict[str, object]:
    return {"id": "one", "kind": kind, "at": "2026-03-02T10:00:00+00:00", "body": body}


def test_a_tap_on_the_chart_is_a_needle_that_went_in():
    told = entry(
        "needle-in",
        needle="a",
        muscle="soleus",
        side="left",
        length_mm=40,
        diameter_mm=0.3,
        lot="L-1",
        point={"vertices": [1, 2, 3], "weights": [0.2, 0.3, 0.5]},
        depth_mm=None,
    )
    needle = NeedleIn("a", "soleus", Side.LEFT, 40.0, 0.3, "L-1", Point((1, 2, 3), (0.2, 0.3, 0.5)))
    assert read_act(told) == Act("one", TEN, needle)
    assert act_as_json(read_act(told)) == told


def test_a_needle_is_not_refused_for_an_empty_box():
    assert read_act(entry("needle-in", needle="a", lot=" ", muscle="")).what == NeedleIn("a")


def test_what_has_a_usual_value_may_be_left_out():
    assert read_act(entry("twitch", needle="a")).what == Twitch("a", 1)
    assert read_act({"id": "one", "kind": "no-reaction", "at": "2026-03-02T10:00:00Z"}).at == TEN


def test_a_pain_that_was_not_told_is_told_as_nothing_and_is_not_left_out():
    assert read_act(entry("pain", value=None, when="after")).what == PainTold(None, "after")
    with pytest.raises(InputError, match=r"body\.value: this key is missing"):
        read_act(entry("pain", when="after"))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([], "an entry is an object"),
        (entry("needle-in", needle="a") | {"colour": 1}, "colour: this key is not known"),
        (entry("needle-in", needle="a") | {"id": " "}, "id: must be a text that is not empty"),
        (entry("stabbed"), "kind: 'stabbed' is no act; use one of needle-in"),
        (entry("twitch", needle="a") | {"at": "2026-03-02T10:00:00"}, "at: must be a time with its zone"),
        (entry("twitch", needle="a") | {"at": "yesterday"}, "at: must be a time with its zone"),
        (entry("twitch", needle="a") | {"body": []}, "body: must be an object"),
        (entry("twitch", needle="a", colour="red"), "body.colour: this key is not known; 'twitch' has needle, count"),
        (entry("no-reaction", colour="red"), "'no-reaction' has no keys"),
        (entry("twitch"), "body.needle: this key is missing"),
        (entry("twitch", needle=3), "body.needle: must be a text"),
        (entry("twitch", needle="a\0"), "body.needle: has signs that are no letters"),
        (entry("twitch", needle="a\ud800"), "body.needle: has signs that are no letters"),
        (entry("twitch", needle="a" * 6000), "body.needle: may have at most 5000 letters"),
        (entry("twitch", needle="a", count=0), "body.count: a twitch is counted from 1"),
        (entry("twitch", needle="a", count=1.5), "body.count: must be a whole number"),
        (entry("stays", needle="a", minutes="ten"), "body.minutes: must be a number"),
        (entry("stays", needle="a", minutes=10**400), "body.minutes: must be a number that can be"),
        (entry("stays", needle="a", minutes=-1), "body.minutes: must be above 0"),
        (entry("needle-out", needle="a", intact="yes"), "body.intact: must be true or false"),
        (entry("needle-in", needle="a", side="both"), "body.side: must be one of left, right, midline"),
        (entry("needle-in", needle="a", point={"vertices": [1, 2], "weights": [1]}), "body.point: must be an object with three"),
        (entry("needle-in", needle="a", point={"vertices": [1, 2, -3], "weights": [0, 0, 1]}), "body.point: a vertex is counted from 0"),
        (entry("pain", value=11, when="before"), "body.value: pain goes from 0 to 10"),
        (entry("pain", value=1, when="later"), "body.when: before or after"),
        (entry("happened", event="e", kind="faint", grade="bad"), "body.grade: must be one of mild, significant, serious"),
        (entry("step-taken", event="e", step="call", done=False), "body.why: say why the step was not done"),
        (entry("stimulated", needles=[]), "body.needles: name at least one"),
        (entry("advised", what="soreness"), "body.what: must be a list"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_key_and_a_way_to_mend_it(told, said):
    with pytest.raises(InputError) as refused:
        read_act(told)
    assert said in str(refused.value)


def test_the_answer_says_what_was_done_what_is_missing_and_which_needles_are_in():
    told = acts(*whole("a", "b")[:4], Happened("e", "faint", Grade.MILD))
    session = session_of(told)
    answer = session_answer(session, missing(session, small(), now=LATER), retained(session, small(), now=LATER))
    assert answer["complete"] is False
    assert answer["insertions"] == 2
    assert answer["still_in"] == ["b"]
    assert answer["retained"][0]["overdue"] is True
    assert [one["id"] for one in answer["missing"]] == ["still-in", "pain-after", "advice"]
    assert answer["events"][0]["grade"] == "mild"
    assert answer["needles"][0]["dwell_minutes"] == 2


def test_a_finished_session_says_that_it_can_be_signed():
    session = session_of(acts(*whole("a")))
    assert session_answer(session, missing(session, small(), now=LATER))["complete"] is True
