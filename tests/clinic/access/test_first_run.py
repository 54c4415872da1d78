"""The first run: whoever holds the server's code sets the clinic up, once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from needlepoint.clinic.access import first_run
from needlepoint.clinic.records.models import AuditEntry, Clinic, Member, Organisation
from needlepoint.clinic.records.scope import within
from tests.clinic.access.conftest import PASSWORD, sign_in
from tests.clinic.conftest import House

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NEEDLEPOINT_HOME", str(tmp_path))
    return tmp_path


def told(code: str, **other: str) -> dict[str, str]:
    return {
        "code": code, "organisation": "Riverside", "clinic": "First floor", "name": "The Owner", "email": "Owner@Riverside.example",
        "password1": PASSWORD, "password2": PASSWORD, **other,
    }  # fmt: skip


def test_whoever_reads_the_code_becomes_the_owner(home: Path) -> None:
    client = Client()
    assert client.get("/setup/").status_code == 200
    code = (home / "setup-code").read_text().strip()
    assert oct((home / "setup-code").stat().st_mode)[-3:] == "600"
    assert client.post("/setup/", told(f" {code.upper()} ")).headers["Location"] == "/accounts/login/"
    organisation = Organisation.objects.get()
    with within(organisation.pk):
        assert [one.role for one in Member.objects.all()] == ["owner"]
        assert Clinic.objects.get().name == "First floor"
        assert AuditEntry.objects.get().action == "set the clinic up"
    assert sign_in(client, "owner@riverside.example").status_code == 302
    assert not (home / "setup-code").exists()


def test_afterwards_there_is_no_such_page(ours: House) -> None:
    assert Client().get("/setup/").status_code == 404
    assert Client().post("/setup/", told("x")).status_code == 404


@pytest.mark.parametrize("code", ["", "abcd-abcd-abcd-abcd", "é" * 19])
def test_without_the_code_nothing_is_set_up(code: str) -> None:
    assert Client().post("/setup/", told(code)).status_code == 422
    assert not Organisation.objects.exists()


def test_a_weak_password_or_two_different_ones_are_refused(home: Path) -> None:
    code = first_run.setup_code()
    assert Client().post("/setup/", told(code, password1="short", password2="short")).status_code == 422
    assert Client().post("/setup/", told(code, password2="something else entirely")).status_code == 422
    assert (
        Client().post("/setup/", told(code, password1="owner@riverside", password2="owner@riverside")).status_code
        == 422
    )
    assert not Organisation.objects.exists()


def test_of_two_who_set_up_at_once_one_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    code = first_run.setup_code()

    def used_by_another() -> None:
        raise first_run.CodeWasUsed

    monkeypatch.setattr("needlepoint.clinic.pages.settings.first_run.use_setup_code", used_by_another)
    assert Client().post("/setup/", told(code)).status_code == 404
    assert not Organisation.objects.exists()


def test_the_code_stays_the_same_until_it_is_used(home: Path) -> None:
    first: Any = first_run.setup_code()
    assert first_run.setup_code() == first
    first_run.use_setup_code()
    with pytest.raises(first_run.CodeWasUsed):
        first_run.use_setup_code()


@pytest.mark.parametrize("kept", ["", "\n", "-", "k3f9-", "k3f9-k3f9-k3f9-k3f", "\xff"])
def test_a_code_that_was_never_written_opens_nothing(home: Path, kept: str) -> None:
    (home / "setup-code").write_bytes(kept.encode("latin-1"))
    for guess in ("-", kept or "-"):
        assert Client().post("/setup/", told(guess)).status_code == 422
    assert not Organisation.objects.exists()
    whole = (home / "setup-code").read_text().strip()
    assert len(whole) == 19 and oct((home / "setup-code").stat().st_mode)[-3:] == "600"
    assert Client().post("/setup/", told(whole)).status_code == 302


def test_two_processes_that_start_at_once_have_one_code(home: Path) -> None:
    with ThreadPoolExecutor(8) as many:
        assert len(set(many.map(lambda _n: first_run.setup_code(), range(40)))) == 1
    assert [one.name for one in home.iterdir()] == ["setup-code"]
