"""Fifty people at work in a clinic with many records: real sign-in, an honest mix, think time between two steps.

Usage: load.py RESULT.json --address http://127.0.0.1:8000 [--people 50] [--seconds 60]

Each person signs in with password, second factor and CSRF token like a browser, some seconds after the one before, since one address may not try
oftener. When all are in, they go round: the list of today, a search, a person, a new visit, its page,
entries as they are written (one batch every few seconds), the page of a step, now and then the lead's page. Times are from the first byte sent to the
last byte received, on the same machine, so that the server shares its two cores with this script.
"""

import argparse
import http.client
import json
import os
import platform
import random
import re
import statistics
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bench.clinic.fill import CLINICIANS, CLINICS, PASSWORD, code_now
from bench.clinic.machine import memory_ms, processor_seconds


class Browser:
    """Keeps cookies, follows redirects of its own posts, and writes down how long each kind of request took."""

    def __init__(self, host: str, port: int, times: dict[str, list[float]], wrong: list[str]) -> None:
        self.host, self.port, self.times, self.wrong = host, port, times, wrong
        self.connection = http.client.HTTPConnection(host, port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(
        self, kind: str, method: str, path: str, body: bytes | None = None, content: str = ""
    ) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept": "text/html"}
        if body is not None:
            headers |= {
                "Content-Type": content,
                "X-CSRFToken": self.cookies.get("csrftoken", ""),
                "Referer": f"http://{self.host}/",
            }
        started = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            self.wrong.append(f"{kind}: {error!r}")
            return 0, "", ""
        self.times.setdefault(kind, []).append((time.perf_counter() - started) * 1000)
        for one in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = one.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        if answer.status >= 400:
            self.wrong.append(f"{kind}: {answer.status}")
        return answer.status, answer.headers.get("Location", ""), text

    def get(self, kind: str, path: str) -> str:
        return self.ask(kind, "GET", path)[2]

    def post(self, kind: str, path: str, **fields: str) -> tuple[int, str, str]:
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}).encode()
        return self.ask(kind, "POST", path, body, "application/x-www-form-urlencoded")


@dataclass
class Told:
    """What all browsers wrote down: times by kind of request, and what went wrong."""

    times: dict[str, list[float]]
    wrong: list[str]


def token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return found.group(1) if found else ""


#: At most thirty a minute may sign in from one address.
BETWEEN_SIGN_INS_S = 2.2


def work(n: int, host: str, port: int, seconds: float, together: threading.Barrier, told: Told, think: float) -> None:
    chance = random.Random(n)
    wrong = told.wrong
    browser = Browser(host, port, told.times, wrong)
    time.sleep(n * BETWEEN_SIGN_INS_S)
    page = browser.get("sign in", "/accounts/login/")
    sign_in(browser, token(page), f"c{n % CLINICS}-{n // CLINICS % CLINICIANS}@bench.example")

    def pause() -> None:
        time.sleep(chance.uniform(0.5, 1.5) * think)

    # Nobody holds a connection open that long without a word: a browser would open another.
    browser.connection.close()
    together.wait()
    until = time.monotonic() + seconds
    time.sleep(chance.random() * think * 5)
    while time.monotonic() < until:
        browser.get("today", "/")
        pause()
        # What is sought stands in no address: it is posted, and the answer leads to a page.
        _status, where, _text = browser.post("search", "/people/", q=f"bench {chance.randrange(977):03}")
        page = browser.get("search: found", where or "/people/")
        people = re.findall(r"/people/([0-9a-f-]{36})/", page)
        if not people:
            wrong.append("search: nobody was found")
            continue
        person = chance.choice(people)
        pause()
        browser.get("person", f"/people/{person}/")
        pause()
        visit = new_visit(browser, person)
        if visit is None:
            continue
        for step in ("screen", "plan", "treat"):
            browser.get(f"visit: {step}", f"/visits/{visit}/{step}/")
            for _ in range(3):
                pause()
                save(browser, visit, chance)
        if chance.random() < 0.15:
            browser.get("lead", "/lead/")
            pause()


def sign_in(browser: Browser, form: str, mail: str) -> None:
    """With a password and the code of the second factor."""
    _status, where, _ = browser.post(
        "sign in", "/accounts/login/", login=mail, password=PASSWORD, csrfmiddlewaretoken=form
    )
    page = browser.get("sign in", where)
    status, where, _ = browser.post("sign in", where, code=code_now(), csrfmiddlewaretoken=token(page))
    if status != 302 or "authenticate" in where:
        browser.wrong.append(f"sign in: {status} {where}")


def new_visit(browser: Browser, person: str) -> str | None:
    page = browser.get("new visit form", f"/people/{person}/visits/new/")
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    for name, listed in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]+)" selected', listed) or re.search(r'value="([^"]+)"', listed)
        fields[name] = chosen.group(1) if chosen else ""
    for name, value in re.findall(r'<input[^>]*type="radio"[^>]*name="([^"]+)"[^>]*value="([^"]*)"[^>]*checked', page):
        fields[name] = value
    fields.pop("csrfmiddlewaretoken", None)
    status, where, _ = browser.post(
        "new visit", f"/people/{person}/visits/new/", **{**fields, "csrfmiddlewaretoken": token(page)}
    )
    found = re.search(r"/visits/([0-9a-f-]{36})/", where)
    if status != 302 or not found:
        browser.wrong.append(f"new visit: {status} {where}")
        return None
    return found.group(1)


def save(browser: Browser, visit: str, chance: random.Random) -> None:
    at = datetime.now(UTC).isoformat()
    entries = [
        {"id": str(uuid.uuid4()), "kind": "wrote", "at": at, "body": {"field": name, "value": value, "seen": None}}
        for name, value in chance.sample(
            (
                ("conditions", []),
                ("medicines", []),
                ("allergies", []),
                ("complaint", "calf pain"),
                ("answers.febrile-today", False),
            ),
            2,
        )
    ]
    body = json.dumps({"device": "bench", "entries": entries}).encode()
    browser.ask("save", "POST", f"/visits/{visit}/entries/", body, "application/json")


def summary(times: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    told = {}
    for kind, found in sorted(times.items()):
        found.sort()
        told[kind] = {
            "requests": len(found),
            "p50_ms": round(statistics.median(found), 1),
            "p95_ms": round(found[min(int(0.95 * len(found)), len(found) - 1)], 1),
            "max_ms": round(found[-1], 1),
        }
    return told


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("result", type=Path)
    told.add_argument("--address", default="http://127.0.0.1:8000")
    told.add_argument("--people", type=int, default=50)
    told.add_argument("--seconds", type=float, default=60)
    told.add_argument("--think", type=float, default=4.0, help="seconds between two steps of one person, in the middle")
    told.add_argument("--server", type=int, help="the process of the server, to tell how long it worked")
    asked = told.parse_args()
    where = urllib.parse.urlsplit(asked.address)
    times: dict[str, list[float]] = {}
    wrong: list[str] = []
    together = threading.Barrier(asked.people + 1)
    told_by_all = Told(times, wrong)
    team = [
        threading.Thread(
            target=work,
            args=(n, where.hostname, where.port, asked.seconds, together, told_by_all, asked.think),
            daemon=True,
        )
        for n in range(asked.people)
    ]
    for one in team:
        one.start()
    together.wait()
    started = time.monotonic()
    worked = processor_seconds(asked.server) if asked.server else 0.0
    for one in team:
        one.join()
    worked = processor_seconds(asked.server) - worked if asked.server else 0.0
    took = time.monotonic() - started
    everything = sorted(one for kind, found in times.items() if not kind.startswith("sign in") for one in found)
    result = {
        "people": asked.people, "seconds": round(took), "think_s": asked.think, "requests": len(everything),
        "requests_per_s": round(len(everything) / took, 1), "p50_ms_all_but_sign_in": round(everything[len(everything) // 2], 1), "p95_ms_all_but_sign_in": round(everything[int(0.95 * len(everything))], 1),
        "server_processor_ms_per_request": round(worked * 1000 / len(everything), 1), "memory_warm_and_idle_ms": memory_ms(),
        "wrong": len(wrong), "first_wrong": wrong[:5], "by_kind": summary(times), "day": date.today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
    }  # fmt: skip
    asked.result.write_text(json.dumps(result, indent=1), encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
