"""The page on this machine: it answers one question, to this machine only, and keeps nothing."""

import http.client
import json
import threading
from datetime import date

import pytest

from needlepoint.exchange.chart.server import MOST_BYTES, server
from needlepoint.exchange.told import InputError
from tests.unit.locate.people import locator

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def running():
    page = server(locator(), 0, lambda: TODAY)
    thread = threading.Thread(target=page.serve_forever, daemon=True)
    thread.start()
    yield page
    page.shutdown()
    page.server_close()
    thread.join()


def ask(running, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", running.server_port, timeout=20)
    connection.request(method, path, body, {"Host": f"localhost:{running.server_port}", **headers})
    came = connection.getresponse()
    raw = came.read()
    connection.close()
    return came, raw


def test_a_painted_headache_is_answered_with_muscles_and_with_what_the_chart_shows(running):
    case = json.dumps({"pain": [{"region": "left temple"}], "complaint": "aching", "person": {"age": 30}})
    came, raw = ask(running, "POST", "/assess", case)
    answer = json.loads(raw)
    assert came.status == 200
    assert answer["locate"]["candidates"]
    first = answer["locate"]["candidates"][0]
    assert f"{first['id']}|{first['side']}" in answer["layers"]["zones"]
    assert all(0 <= one["probability"] <= 1 for one in answer["layers"]["muscles"]["muscles"])
    assert answer["screen"]["on"] == TODAY.isoformat()


def test_the_names_of_places_and_muscles_are_given(running):
    _, raw = ask(running, "GET", "/names")
    names = json.loads(raw)
    assert names["regions"]["patella"] == "kneecap"
    assert names["muscles"]["infraspinatus"] == "infraspinatus"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("{", "not readable as JSON"),
        ("[1]", "a case is an object"),
        ('{"complaint": 3}', "complaint"),
        ('{"painting": {"topology": "another"}}', "another body"),
        ('{"pains": []}', "pains"),
    ],
)
def test_a_case_that_cannot_be_used_is_told_in_words(running, body, says):
    came, raw = ask(running, "POST", "/assess", body)
    assert came.status == 422
    assert says in " ".join(json.loads(raw)["error"])


def test_the_body_comes_packed_and_is_the_same_body(running):
    import gzip

    from needlepoint.library.body_files import BODY

    came, raw = ask(running, "GET", "/body/body.glb", **{"Accept-Encoding": "gzip"})
    if came.status == 404:
        pytest.skip("the chart is not built")
    assert came.getheader("Content-Encoding") == "gzip"
    assert len(raw) < 1_000_000
    assert gzip.decompress(raw) == (BODY / "body.glb").read_bytes()


def test_another_site_gets_no_answer(running):
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        came, raw = ask(running, "POST", "/assess", "{}", **headers)
        assert came.status == 403
        assert b"candidates" not in raw
    came, _ = ask(running, "GET", "/names", Host="evil.example:80")
    assert came.status == 403


def test_a_request_that_is_too_large_is_not_read(running):
    came, _ = ask(running, "POST", "/assess", "x", **{"Content-Length": str(MOST_BYTES + 1)})
    assert came.status == 413


@pytest.mark.parametrize(
    "path", ["/../server.py", "/..%2fserver.py", "/.hidden", "/body/../../server.py", "/nowhere", "//etc/passwd"]
)
def test_nothing_outside_the_page_is_handed_out(running, path):
    came, raw = ask(running, "GET", path)
    assert came.status == 404
    assert b"import" not in raw


def test_every_answer_forbids_other_sources_and_frames(running):
    came, _ = ask(running, "GET", "/names")
    policy = came.getheader("Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert came.getheader("Cache-Control") == "no-store"
    assert came.getheader("X-Content-Type-Options") == "nosniff"


def test_a_taken_port_is_told_with_the_way_out(running):
    with pytest.raises(InputError, match="--port 0"):
        server(locator(), running.server_port, lambda: TODAY)
