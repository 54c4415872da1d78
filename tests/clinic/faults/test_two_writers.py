"""Two people at one visit, in two processes at once: the union of what they write, no double, one note."""

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

        def sign(role: str, of: str = visit) -> int:
            with Device(running, role) as device:
                device.headers["Content-Type"] = "application/x-www-form-urlencoded"
                device.connection.request("POST", f"/visits/{of}/sign/now/", b"", device.headers)
                answer = device.connection.getresponse()
                answer.read()
                return answer.status

        assert at_once(lambda: sign("clinician"), lambda: sign("owner")) == [302, 302]
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
            device.post(f"/visits/{visit}/sign/now/", {})

    statuses, _ = at_once(write, sign)
    assert set(statuses) <= {200, 409}
    told = running.command("clinic", "verify")
    assert told.returncode == 0, told.stdout + told.stderr
