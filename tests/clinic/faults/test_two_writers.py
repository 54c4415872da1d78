"""Two people at one visit, in two processes at once: the union of what they write, no double, one note."""

import json
import threading
from collections.abc import Callable
from typing import Any

from tests.clinic.faults.conftest import how_much
from tests.clinic.faults.real_server import Device, RealServer, words
from tests.clinic.faults.test_killed import kept
from tests.clinic.keep.conftest import a_whole_session

EACH = how_much(40, 500)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do these at the same moment."""
    ready, came = threading.Barrier(len(works)), [None] * len(works)

    def work(n: int) -> None:
        ready.wait()
        came[n] = works[n]()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(works))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return came


def sign_what_is_there(device: Device, visit: str) -> str:
    """Look at all that was written, and sign it at once. The address that the answer leads to."""
    device.connection.request("GET", f"/visits/{visit}/entries/?after=0", None, device.headers)
    head = json.loads(device.connection.getresponse().read())["head"]
    form = {**device.headers, "Content-Type": "application/x-www-form-urlencoded"}
    device.connection.request("POST", f"/visits/{visit}/sign/now/", f"head={head}".encode(), form)
    answer = device.connection.getresponse()
    answer.read()
    assert answer.status == 302
    return str(answer.headers["Location"])


def test_two_tablets_and_every_entry_of_both_is_there_once(running: RealServer) -> None:
    visit = running.known["visits"][0]
    own = [[words(n, name) for n in range(EACH)] for name in ("one", "other")]
    shared = [words(n, "both") for n in range(EACH)]

    def write(n: int) -> None:
        with Device(running, ("clinician", "owner")[n], f"tablet {n}") as device:
            for mine, ours in zip(own[n], shared, strict=True):
                # The same entry from both: as when a page was open twice and the network came back.
                device.send_until_kept(visit, [mine, ours])

    at_once(lambda: write(0), lambda: write(1))
    found = [id_ for id_, (_kind, _body, of) in kept(running).items() if of == visit]
    assert sorted(found) == sorted(one["id"] for one in (*own[0], *own[1], *shared))


def test_two_who_sign_at_the_same_moment_make_one_note(running: RealServer) -> None:
    for visit in running.known["visits"][1:4]:
        with Device(running) as device:
            device.send_until_kept(visit, a_whole_session())

        def sign(role: str, of: str = visit) -> str:
            with Device(running, role) as device:
                return sign_what_is_there(device, of)

        to = at_once(lambda: sign("clinician"), lambda: sign("owner"))
        assert to[0] == to[1] and to[0].startswith("/notes/")
    told = running.command("clinic", "verify")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "3 seals" in told.stdout


def test_nothing_more_is_written_into_a_visit_that_a_colleague_signs_meanwhile(running: RealServer) -> None:
    visit = running.known["visits"][4]
    with Device(running) as device:
        device.send_until_kept(visit, a_whole_session())

    def write() -> list[int]:
        with Device(running, "owner") as device:
            return [device.send(visit, [words(n)])[0] for n in range(15)]

    def sign() -> None:
        with Device(running) as device:
            # What the colleague writes in between has to be read first, so it is looked at again. Once two of their words
            # stand side by side nobody signs until one is chosen.
            for _look in range(10):
                if sign_what_is_there(device, visit).startswith("/notes/"):
                    return

    statuses, _ = at_once(write, sign)
    assert set(statuses) <= {200, 409}
    told = running.command("clinic", "verify")
    assert told.returncode == 0, told.stdout + told.stderr
