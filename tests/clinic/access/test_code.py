"""What the code of the pages must never do, looked for in the code itself."""

import re
from pathlib import Path

import pytest

CLINIC = Path(__file__).parents[3] / "src/needlepoint/clinic"
PAGES = sorted((CLINIC / "pages").rglob("*.py")) + sorted((CLINIC / "keep/pages").rglob("*.py"))
TEMPLATES = sorted((CLINIC / "templates").rglob("*.html"))


INCLUDED = re.compile(r"{% include \"([^\"]+)\"")


def found(pattern: str, files: list[Path]) -> list[str]:
    return [
        f"{file.relative_to(CLINIC)}:{number} {line.strip()[:100]}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_no_page_looks_over_the_wall() -> None:
    assert found(r"\.everywhere\b(?!\.none\(\))|_base_manager|\.using\(", PAGES) == []


def test_no_page_writes_sql_or_unescaped_html_or_turns_the_guard_of_forms_off() -> None:
    assert found(r"mark_safe|SafeString\(|\.raw\(|\.extra\(|RawSQL|\beval\(|\bpickle\b", PAGES) == []
    # One page guards its form a little later than others do; the matrix of addresses tries whether it does.
    exempt = {one.partition(":")[0] for one in found("csrf_exempt", PAGES)}
    assert all("@csrf_protect" in (CLINIC / one).read_text(encoding="utf-8") for one in exempt)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off",
        r"\sstyle\s*=|<style",
        r"<script(?![^>]*(\ssrc=|type=\"application/json\"))",
        r"\son[a-z]+\s*=\s*[\"']",
        r"javascript:|hx-on|hx-vals=[\"']js:",
        r"(src|href)=[\"'](https?:)?//",
    ],
)
def test_no_template_runs_or_styles_anything_in_place(pattern: str) -> None:
    assert found(pattern, TEMPLATES) == []


def test_every_form_that_changes_something_carries_our_sign() -> None:
    without = []
    for file in TEMPLATES:
        for form in re.findall(r"<form\b.*?</form>", file.read_text(encoding="utf-8"), re.S | re.I):
            inside = [(CLINIC / "templates" / one).read_text(encoding="utf-8") for one in INCLUDED.findall(form)]
            if re.search(r"method=[\"']post", form, re.I) and "csrf_token" not in "".join([form, *inside]):
                without.append(f"{file.relative_to(CLINIC)}: {form[:80]}")
    assert without == []


def test_every_template_of_allauth_that_is_reached_is_ours() -> None:
    reached = {
        "account/login", "account/logout", "account/account_inactive", "account/signup_closed", "account/reauthenticate",
        "account/password_change", "account/password_set", "account/password_reset", "mfa/authenticate", "mfa/reauthenticate",
        "mfa/totp/activate_form", "mfa/totp/deactivate_form", "mfa/recovery_codes/index", "mfa/recovery_codes/generate",
        "mfa/webauthn/add_form", "mfa/webauthn/edit_form", "mfa/webauthn/authenticator_confirm_delete", "mfa/webauthn/reauthenticate",
        "socialaccount/login", "socialaccount/login_redirect", "socialaccount/login_cancelled", "socialaccount/authentication_error", "429",
    }  # fmt: skip
    assert {one for one in reached if not (CLINIC / f"templates/{one}.html").is_file()} == set()
    ours = "".join(file.read_text(encoding="utf-8") for file in TEMPLATES)
    assert "allauth/layouts" not in ours and "{% element" not in ours


def test_every_test_that_the_threat_model_names_is_there() -> None:
    tests = Path(__file__).parents[1]
    model = (tests.parents[1] / "docs/safety/threat-model.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:\w+/)?test_\w+\.py)`", model))
    assert len(named) > 15
    assert {one for one in named if not (tests / one).is_file()} == set()
