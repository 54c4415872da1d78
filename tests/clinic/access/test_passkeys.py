"""In a browser, as it is served in real use: the first run, a passkey, signing in with it alone, and an invitation."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[3]
PASSWORD = "kettle harbour ninety moss"
SERVE = """
import sys
from granian import Granian
from granian.constants import Interfaces
Granian("needlepoint.clinic.wsgi:application", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI, blocking_threads=4).serve()
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clinic")


@pytest.fixture(scope="module")
def clinic(home: Path) -> Iterator[str]:
    """The address of a clinic that nobody has set up yet, by name: a passkey belongs to a name."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEEDLEPOINT_", "DJANGO_", "DATABASE_"))
    }
    environment = {
        **clean, "NEEDLEPOINT_HOME": str(home), "NEEDLEPOINT_BEHIND_TLS": "no", "DJANGO_SETTINGS_MODULE": "needlepoint.clinic.settings"
    }  # fmt: skip
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v", "0"], cwd=ROOT, env=environment, check=True)
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/health/ready", server)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server stopped"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer within a minute")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield running
        running.close()


class Device:
    """A browser on a device that can hold passkeys; it keeps what the page complained of."""

    def __init__(self, browser: Any) -> None:
        self.complaints: list[str] = []
        self.page = browser.new_context(viewport={"width": 1180, "height": 820}).new_page()
        self.page.on(
            "console", lambda one: self.complaints.append(one.text) if "Content Security" in one.text else None
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        devtools = self.page.context.new_cdp_session(self.page)
        devtools.send("WebAuthn.enable")
        held = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True,
        }  # fmt: skip
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": held})

    def fill(self, **told: str) -> None:
        for name, value in told.items():
            self.page.fill(f"[name={name}]", value)

    def press(self, words: str) -> None:
        self.page.locator("main").get_by_role("button", name=words, exact=True).click()

    def picture(self, name: str) -> None:
        reports = Path(os.environ.get("REPORTS", ROOT / "reports")) / "sign-in"
        reports.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(reports / f"{name}.png"), full_page=True)


def test_from_the_first_run_to_a_member_with_a_passkey(clinic: str, home: Path, browser: Any) -> None:
    owner = Device(browser)
    page = owner.page
    page.goto(f"{clinic}/setup/")
    owner.picture("1-set-up")
    owner.fill(
        code=(home / "setup-code").read_text(), organisation="Riverside", clinic="First floor", name="The Owner",
        email="owner@riverside.example", password1=PASSWORD, password2=PASSWORD,
    )  # fmt: skip
    owner.press("Set up the clinic")
    page.wait_for_url("**/accounts/login/")

    owner.fill(login="owner@riverside.example", password=PASSWORD)
    owner.press("Sign in")
    page.wait_for_url("**/account/")
    assert "One step before you begin" in page.locator("main").inner_text()
    page.goto(f"{clinic}/people/")
    page.wait_for_url("**/account/")
    page.get_by_role("link", name="Add a passkey").click()
    owner.press("Add it")
    page.wait_for_url("**/recovery-codes/")
    assert "10 codes left" in page.locator("main").inner_text()
    owner.picture("2-recovery-codes")

    page.goto(f"{clinic}/settings/members/new/")
    owner.fill(name="The Clinician", email="clinician@riverside.example")
    page.get_by_label("Clinician: treats and signs").check()
    owner.press("Invite")
    link = page.locator("#link").input_value()
    assert re.fullmatch(rf"{clinic}/password/[^/]+/[^/]+/", link)
    owner.picture("3-invited")

    page.locator("details.me summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
    owner.press("Sign in with a passkey")
    page.wait_for_url(f"{clinic}/")
    page.goto(f"{clinic}/account/")
    assert "The Owner" in page.locator("main").inner_text()

    clinician = Device(browser)
    clinician.page.goto(link)
    clinician.fill(password1=PASSWORD + " two", password2=PASSWORD + " two")
    clinician.press("Keep this password")
    clinician.page.wait_for_url("**/accounts/login/")
    clinician.fill(login="clinician@riverside.example", password=PASSWORD + " two")
    clinician.press("Sign in")
    clinician.page.wait_for_url("**/account/")
    clinician.page.get_by_role("link", name="Add a passkey").click()
    clinician.press("Add it")
    clinician.page.wait_for_url("**/recovery-codes/")

    # The passkey as a second factor after the password, and where it does not belong.
    clinician.page.context.clear_cookies()
    clinician.page.goto(f"{clinic}/accounts/login/")
    clinician.fill(login="clinician@riverside.example", password=PASSWORD + " two")
    clinician.press("Sign in")
    clinician.page.wait_for_url("**/2fa/authenticate/")
    clinician.picture("4-second-factor")
    clinician.press("Use a passkey or security key")
    clinician.page.wait_for_url(f"{clinic}/")
    assert clinician.page.goto(f"{clinic}/settings/").status == 403
    owner.page.context.clear_cookies()
    owner.page.goto(f"{clinic}/accounts/login/")
    owner.fill(login="clinician@riverside.example", password=PASSWORD + " two")
    owner.press("Sign in")
    owner.page.wait_for_url("**/2fa/authenticate/")
    owner.press("Use a passkey or security key")
    owner.page.wait_for_timeout(700)
    assert "/2fa/authenticate/" in owner.page.url, "another member's passkey opens nothing"
    assert clinician.complaints == []
    assert [one for one in owner.complaints if "NotAllowed" not in one] == []


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/password/reset/", "/setup/", "/nowhere/", "/password/MQ/x/"]
)
def test_what_anyone_sees_is_accessible(path: str, clinic: str, browser: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for width in (1440, 390):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(f"{clinic}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page).response["violations"]]
        assert found == []
        page.close()
