"""Every link inside the manual leads somewhere, and none leads out of the building for its looks."""

import posixpath
import re
from pathlib import Path

from markdown.extensions.toc import slugify

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
OWN_ID = re.compile(r"\{ ?#([^ }]+) ?\}")


def without_code(text: str) -> str:
    """The page without its examples and without code in its lines."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.MULTILINE | re.DOTALL))


def anchors(text: str) -> set[str]:
    found = set()
    for heading in HEADING.findall(re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)):
        own = OWN_ID.search(heading)
        found.add(own[1] if own else slugify(re.sub(r"[*`]", "", heading), "-"))
    return found


def test_every_link_leads_to_a_page_and_a_heading(manual: dict[str, str]) -> None:
    from_speed = {"explanation/speed.md"} - set(manual)
    targets = {name: anchors(text) for name, text in manual.items()}
    dead = []
    for name, text in manual.items():
        for link in LINK.findall(without_code(text)):
            if link.startswith(("https://", "mailto:")):
                continue
            path, _, anchor = link.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            if target in from_speed:
                continue
            if (target not in targets and not (ROOT / "docs" / target).is_file()) or (
                anchor and target in targets and anchor not in targets[target]
            ):
                dead.append(f"{name}: {link}")
    assert dead == []


def test_every_page_stands_in_the_contents(manual: dict[str, str]) -> None:
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    missing = [
        name
        for name in manual
        if name not in contents
        and not any(part in name for part in ("atlas/muscles/", "plan/depths/", "plan/approaches/"))
    ]
    assert missing == []


def test_the_site_asks_nothing_of_the_network() -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "font: false" in settings
    assert "://" not in settings
    assert "@import" not in (ROOT / "docs/assets/manual.css").read_text(encoding="utf-8")
