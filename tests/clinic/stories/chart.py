"""A finger on the body: where a region is on the screen, and a stroke over it."""

from typing import Any

from playwright.sync_api import Page, expect

_WHERE = """([name, side]) => { const c = document.querySelector('body-chart'), b = c.body, p = b.positions, s = [0, 0, 0];
const region = b.regions.findIndex(one => one && one.name === name && one.side === side);
if (region < 0) return null;
const own = b.verticesOf(region); for (const v of own) for (const k of [0, 1, 2]) s[k] += p[3 * v + k] / own.length;
const at = c.sight.stage.project(s), box = c.shadowRoot.querySelector('.stage').getBoundingClientRect();
return [box.x + at.x, box.y + at.y]; }"""


def ready(page: Page) -> None:
    """The body is drawn."""
    expect(page.locator("body-chart .stage-area")).to_have_attribute("aria-busy", "false")


def where(page: Page, name: str, side: str) -> tuple[float, float]:
    """Where the middle of a region is on the screen now."""
    at: Any = page.evaluate(_WHERE, [name, side])
    assert at is not None, f"the body has no {side} {name}"
    return at[0], at[1]


def stroke(page: Page, name: str, side: str, length: float = 14) -> None:
    """One finger is drawn over a region."""
    page.locator("body-chart .stage-area").scroll_into_view_if_needed()
    x, y = where(page, name, side)
    hand = page.context.new_cdp_session(page)
    # It begins on the region: beside the body a finger turns it.
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y, "id": 0}]})
    for n in (1, 2, 1, 0, -1, -2, -1, 0):
        point = {"x": x, "y": y + n * length / 4, "id": 0}
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    hand.detach()
