"""Whatever devices and forms send, the visit page opens, says what it cannot use, and never breaks."""

import json
import uuid
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clinic.conftest import House
from tests.clinic.junk import letters

FIELDS = (
    "complaint", "conditions", "medicines", "implants", "painting", "answers.pregnant", "answers.nobody-knows", "measurements.inr",
    "person.height_cm", "person.build", "examination.upper-trapezius/left", "proposed.upper-trapezius/left", "proposed.nothing/midline",
)  # fmt: skip
junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**400), 10**400)
    | st.floats(allow_nan=False)
    | st.text(letters, max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "needle", "measured", "technique", "taut_band", "side"]), inner, max_size=3
        )
    ),
    max_leaves=5,
)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(
    told=st.lists(st.tuples(st.sampled_from(FIELDS), junk), min_size=1, max_size=3),
    step=st.sampled_from(["screen", "locate", "plan"]),
)
def test_whatever_a_device_wrote_the_page_opens(ours: House, told: list[tuple[str, Any]], step: str) -> None:
    client = ours.client("clinician")
    entries = [
        {
            "id": str(uuid.uuid4()),
            "kind": "wrote",
            "at": "2026-03-02T09:00:00+00:00",
            "body": {"field": name, "value": value, "seen": None},
        }
        for name, value in told
    ]
    client.post(f"/visits/{ours.visit.pk}/entries/", json.dumps({"entries": entries}), "application/json")
    assert client.get(f"/visits/{ours.visit.pk}/{step}/").status_code == 200


@quick
@given(
    form=st.dictionaries(
        st.sampled_from(["act", "field", "holds", *FIELDS, *(f"seen:{one}" for one in FIELDS), "none:conditions"])
        | st.text(max_size=8),
        st.text(max_size=20)
        | st.sampled_from(["yes", "unknown", "[" * 2000, '{"act":"propose","field":"proposed.x/left"}']),
        max_size=6,
    ),
    step=st.sampled_from(["screen", "locate", "plan"]),
)
def test_whatever_a_form_sends_it_is_kept_or_told(ours: House, form: dict[str, str], step: str) -> None:
    client = ours.client("clinician")
    assert client.post(f"/visits/{ours.visit.pk}/{step}/", form).status_code == 302
    assert client.get(f"/visits/{ours.visit.pk}/{step}/").status_code == 200
