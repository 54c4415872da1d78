"""A patient paints where it hurts, a clinician places points and reads what is shown: by finger, mouse, keyboard and screen reader."""

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, expect, sync_playwright

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src/needlepoint/exchange/chart/static"
FOOTPRINTS = ROOT / "web/tests/fixtures"
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1360, 900)}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
CHROMIUM = [
    "--headless=new", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SOFTWARE = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
TEMPLE_LEFT, KNEECAP_LEFT = 204, 164
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Chart</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; img-src 'self' data:; style-src 'self' 'nonce-page'">
<style nonce="page">body {{ margin: 0 }} body-chart {{ block-size: 100vh }} h1, p {{ margin: 0 }} p {{ height: 60rem }}</style></head>
<body><main><form><body-chart name="drawing" {attributes}></body-chart></form>
<h1>Your visit</h1><p>More of the page, so that it could scroll.</p></main><script type="module" src="/body-chart.js"></script></body></html>"""


class _Site(http.server.SimpleHTTPRequestHandler):
    """The built chart, a page around it, and muscles to name."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Tests have nothing to log."""

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path == "/":
            attributes = parse_qs(asked.query).get("attributes", [""])[0]
            self._answer(PAGE.format(attributes=attributes).encode(), "text/html; charset=utf-8")
        elif asked.path.startswith("/body/footprints"):
            self._answer((FOOTPRINTS / Path(asked.path).name).read_bytes(), "application/octet-stream")
        else:
            super().do_GET()

    def _answer(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    if not (STATIC / "body-chart.js").exists():
        pytest.fail("the chart is not built: run `npm ci && npm run build` in web/")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Site, directory=str(STATIC)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM + SOFTWARE)
    yield chromium
    chromium.close()


@pytest.fixture(scope="module")
def browser_without_webgl(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*CHROMIUM, "--disable-3d-apis"])
    yield chromium
    chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of while a page was open."""
    return []


def opened(
    browser: Browser,
    site: str,
    attributes: str = "",
    size: str = "tablet",
    complaints: list[str] | None = None,
    **how: Any,
) -> tuple[BrowserContext, Page]:
    width, height = SIZES[size]
    # the page forbids what is not its own, and axe is not
    context = browser.new_context(viewport={"width": width, "height": height}, **{"bypass_csp": True, **how})
    page = context.new_page()
    if complaints is not None:
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(site + "?" + "attributes=" + attributes.replace("#", "%23").replace("&", "%26").replace("+", "%2B"))
    expect(page.locator("body-chart .stage-area")).to_have_attribute("aria-busy", "false", timeout=20_000)
    page.evaluate("addEventListener('painting-change', event => { window.told = event.detail })")
    page.evaluate("addEventListener('points-change', event => { window.told = event.detail })")
    page.evaluate("addEventListener('muscle-hover', event => { (window.heard ??= []).push(event.detail) })")
    return context, page


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def on_stage(page: Page, across: float, down: float) -> tuple[float, float]:
    """A point of the stage, given by shares of its width and height."""
    box = page.locator("body-chart .stage").bounding_box()
    assert box is not None
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def on_region(page: Page, region: int) -> tuple[float, float]:
    """Where the middle of a region is on the screen."""
    return tuple(
        page.evaluate(
            """region => { const c = document.querySelector('body-chart'), b = c.body, p = b.positions, s = [0, 0, 0];
            const own = b.verticesOf(region); for (const v of own) for (const k of [0, 1, 2]) s[k] += p[3 * v + k] / own.length;
            const at = c.sight.stage.project(s), box = c.shadowRoot.querySelector('.stage').getBoundingClientRect();
            return [box.x + at.x, box.y + at.y]; }""",
            region,
        )
    )


def stroke(page: Page, *places: tuple[float, float]) -> None:
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=6)
    page.mouse.up()


def regions_painted(page: Page) -> dict[str, float]:
    """Share of each painted region, by its side and name."""
    return dict(
        page.evaluate(
            """() => { const c = document.querySelector('body-chart');
            return c.measure().regions.map(one => [c.body.regions[one.id].side + ' ' + c.body.regions[one.id].name, one.share]); }"""
        )
    )


def touch(hand: CDPSession, kind: str, *fingers: tuple[float, float]) -> None:
    points = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(fingers)]
    hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


SHOWN = json.dumps(
    [
        {
            "type": "clearance",
            "regions": [
                {"region": "upper trapezius", "side": "left", "level": "adapt", "why": "over the lung"},
                {"region": "posterior neck, upper", "level": "stop"},
                {"region": "flank", "level": "weigh"},
                {"region": "buttock, upper", "level": "clear"},
            ],
        },
        {"type": "muscles", "muscles": [{"muscle": "infraspinatus", "side": "right", "probability": 0.62}]},
        {
            "type": "zones",
            "title": "Referred pain",
            "regions": [{"region": "temple", "side": "left", "weight": "main"}],
        },
        {"type": "hazards", "regions": [{"region": "posterior lower ribs", "title": "Lung close beneath"}]},
    ]
)


# Every mode, every size, day and night


@pytest.mark.parametrize("way", ["3d", "flat", "list"])
@pytest.mark.parametrize("mode", ["paint", "point", "show"])
@pytest.mark.parametrize(
    ("size", "scheme"), [("phone", "light"), ("tablet", "dark"), ("desk", "light"), ("desk", "dark")]
)
def test_the_chart_has_no_accessibility_faults_and_fits(
    browser: Browser, site: str, mode: str, way: str, size: str, scheme: str, complaints: list[str]
) -> None:
    value = f"value='{SHOWN}'" if mode == "show" else ""
    context, page = opened(browser, site, f"mode={mode} way={way} {value}", size, complaints, color_scheme=scheme)
    page.wait_for_timeout(300)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for button in page.locator("body-chart button:visible").all():
        box = button.bounding_box()
        assert box is not None and box["width"] >= 24 and box["height"] >= 24, button.inner_text()
    assert complaints == []
    context.close()


@pytest.mark.parametrize("mode", ["paint", "point", "show"])
def test_a_strict_page_shows_the_chart_and_nothing_is_asked_of_others(
    browser: Browser, site: str, mode: str, complaints: list[str]
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{site}?attributes=mode={mode} view=back" + (f" value='{SHOWN}'" if mode == "show" else ""))
    expect(page.locator("body-chart .stage-area")).to_have_attribute("aria-busy", "false", timeout=20_000)
    expect(page.locator("body-chart canvas")).to_be_visible()
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert complaints == []
    context.close()


# Painting


def test_a_stroke_on_the_left_temple_is_said_in_words_and_told_to_the_page(browser: Browser, site: str) -> None:
    context, page = opened(browser, site, "view=left")
    page.get_by_role("button", name="Head").click()
    page.wait_for_timeout(600)
    stroke(page, on_region(page, TEMPLE_LEFT), on_region(page, TEMPLE_LEFT))
    expect(page.locator("body-chart").get_by_role("status").first).to_have_text("left temple: aching, 5 of 10")
    told = page.evaluate("window.told")
    assert told["place"] == "left temple"
    assert told["painting"]["topology"] == "np-adult-1"
    assert [layer["quality"] for layer in told["painting"]["layers"]] == ["aching"]
    assert max(regions_painted(page), key=regions_painted(page).__getitem__) == "left temple"
    context.close()


def test_left_and_right_are_the_patients_own_from_every_side(browser: Browser, site: str) -> None:
    context, page = opened(browser, site)
    for view, (left_edge, right_edge) in {
        "Front": ("Your right", "Your left"),
        "Back": ("Your left", "Your right"),
        "Left side": ("Front", "Back"),
        "Right side": ("Back", "Front"),
    }.items():
        page.get_by_role("button", name=view, exact=True).click()
        expect(page.locator("body-chart .side").first).to_have_text(left_edge)
        expect(page.locator("body-chart .side").last).to_have_text(right_edge)
    context.close()


def test_strength_and_kind_of_pain_are_chosen_and_undone(browser: Browser, site: str) -> None:
    context, page = opened(browser, site)
    page.get_by_role("button", name="Burning").click()
    page.get_by_role("slider", name="How strong?").fill("8")
    stroke(page, on_region(page, KNEECAP_LEFT), on_region(page, KNEECAP_LEFT))
    expect(page.locator("body-chart").get_by_role("status").first).to_contain_text("left kneecap: burning, 8 of 10")
    before = page.evaluate("document.querySelector('body-chart').painting")
    page.get_by_role("button", name="Undo").click()
    assert page.evaluate("document.querySelector('body-chart').painting.layers") == []
    page.get_by_role("button", name="Redo").click()
    assert page.evaluate("document.querySelector('body-chart').painting") == before
    page.get_by_role("button", name="Erase").click()
    stroke(page, on_region(page, KNEECAP_LEFT), on_region(page, KNEECAP_LEFT))
    expect(page.locator("body-chart").get_by_role("status").first).to_have_text("left kneecap: erased")
    assert page.evaluate("document.querySelector('body-chart').painting.layers") == []
    context.close()


def test_the_same_on_the_other_side(browser: Browser, site: str) -> None:
    context, page = opened(browser, site)
    stroke(page, on_region(page, KNEECAP_LEFT), on_region(page, KNEECAP_LEFT))
    page.get_by_role("button", name="Same on the other side").click()
    expect(page.locator("body-chart").get_by_role("status").first).to_contain_text(
        "Copied to the other side: right kneecap"
    )
    painted = regions_painted(page)
    assert painted["right patella"] == pytest.approx(painted["left patella"], rel=0.05)
    context.close()


def test_a_painting_given_by_the_page_comes_back_unchanged_and_is_sent_with_the_form(
    browser: Browser, site: str
) -> None:
    document = {"needlepoint": 1, "topology": "np-adult-1", "layers": [{"quality": "numbness", "values": "rAIKBQ"}]}
    context, page = opened(browser, site, f"value='{json.dumps(document)}'")
    assert page.evaluate("document.querySelector('body-chart').painting") == document
    sent = page.evaluate("new FormData(document.querySelector('form')).get('drawing')")
    assert json.loads(sent) == document
    refused = page.evaluate(
        """() => { try { document.querySelector('body-chart').painting = {topology: 'other', layers: []}; return '' }
        catch (error) { return error.message } }"""
    )
    assert "another body than np-adult-1" in refused
    context.close()


def test_a_finger_paints_and_the_page_neither_scrolls_nor_selects(browser: Browser, site: str) -> None:
    context, page = opened(browser, site, has_touch=True)
    hand = context.new_cdp_session(page)
    x, y = on_region(page, KNEECAP_LEFT)
    touch(hand, "touchStart", (x, y))
    for n in range(1, 8):
        touch(hand, "touchMove", (x, y - 6 * n))
    touch(hand, "touchEnd")
    assert "left patella" in regions_painted(page)
    assert page.evaluate("[scrollY, getSelection().toString()]") == [0, ""]
    context.close()


def test_two_fingers_turn_and_zoom_and_leave_no_paint(browser: Browser, site: str) -> None:
    context, page = opened(browser, site, has_touch=True)
    look = "(({yaw, span}) => [yaw, span])(document.querySelector('body-chart').sight.stage.rig.look)"
    before = page.evaluate(look)
    hand = context.new_cdp_session(page)
    x, y = on_stage(page, 0.5, 0.4)
    touch(hand, "touchStart", (x, y))
    touch(hand, "touchStart", (x, y), (x + 60, y))
    for n in range(1, 10):
        touch(hand, "touchMove", (x + 8 * n, y), (x + 60 + 14 * n, y))
    touch(hand, "touchEnd")
    yaw, span = page.evaluate(look)
    assert yaw != pytest.approx(before[0], abs=0.1)
    assert span < 0.9 * before[1]
    assert page.evaluate("document.querySelector('body-chart').painting.layers") == []
    context.close()


def test_the_tool_to_turn_never_paints(browser: Browser, site: str) -> None:
    context, page = opened(browser, site)
    page.get_by_role("button", name="Turn").click()
    stroke(page, on_stage(page, 0.5, 0.4), on_stage(page, 0.8, 0.4))
    expect(page.locator("body-chart .side").first).not_to_have_text("Your right")
    assert page.evaluate("document.querySelector('body-chart').painting.layers") == []
    context.close()


def test_the_list_works_by_keyboard_alone(browser: Browser, site: str) -> None:
    context, page = opened(browser, site)
    pressed = 0
    while page.evaluate("document.activeElement.shadowRoot?.activeElement?.textContent") != "List" and pressed < 12:
        page.keyboard.press("Tab")
        pressed += 1
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("temple")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="aching")).to_have_text("left temple: aching, 5 of 10")
    expect(page.get_by_role("button", name="left temple: aching 5")).to_be_focused()
    assert regions_painted(page)["left temple"] > 0.8
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('body-chart').painting.layers") == []
    page.keyboard.press("Control+z")
    assert regions_painted(page)["left temple"] > 0.8
    context.close()


def test_the_list_finds_everyday_words_and_says_when_there_are_none(browser: Browser, site: str) -> None:
    context, page = opened(browser, site, "way=list")
    search = page.get_by_role("searchbox", name="Search for a place")
    search.fill("kneecap")
    expect(page.get_by_role("button", name="right kneecap")).to_be_visible()
    search.fill("tail")
    expect(page.locator("body-chart .empty")).to_contain_text("No place is called that")
    context.close()


def test_somebody_under_18_is_told_kindly_whose_body_it_is(browser: Browser, site: str) -> None:
    context, page = opened(browser, site, """person='{"sex": "male", "age": 15, "height_cm": 170, "weight_kg": 60}'""")
    expect(page.get_by_text("the same for everybody under 18")).to_be_visible()
    context.close()


def test_a_heavy_person_has_more_skin_than_a_slight_one(browser: Browser, site: str) -> None:
    skin = {}
    for name, kg in (("slight", 50), ("heavy", 110)):
        context, page = opened(browser, site, f"""person='{{"sex": "female", "height_cm": 165, "weight_kg": {kg}}}'""")
        skin[name] = page.evaluate("document.querySelector('body-chart').measure().skin_cm2")
        context.close()
    assert skin["heavy"] > 1.25 * skin["slight"]


# Where there is no WebGL


def test_without_webgl_the_line_drawings_are_painted(browser_without_webgl: Browser, site: str) -> None:
    context, page = opened(browser_without_webgl, site)
    expect(page.locator("body-chart canvas")).to_have_count(0)
    page.locator(f"body-chart path[data-region='{KNEECAP_LEFT}']").click()
    expect(page.locator("body-chart").get_by_role("status").first).to_have_text("left kneecap: aching, 5 of 10")
    assert regions_painted(page)["left patella"] > 0.8
    page.get_by_role("button", name="Back", exact=True).click()
    expect(page.locator("body-chart svg[data-view='back']")).to_be_visible()
    expect(page.locator("body-chart .side").first).to_have_text("Your left")
    assert faults(page) == []
    context.close()


# Points


def test_a_clinician_places_a_trigger_point_in_the_muscle_that_is_named(browser: Browser, site: str) -> None:
    context, page = opened(browser, site, "mode=point view=back")
    infraspinatus = 195
    x, y = on_region(page, infraspinatus)
    page.mouse.move(x, y)
    expect(page.locator("body-chart").get_by_role("status").first).to_have_text("right infraspinatus")
    page.mouse.click(x, y)
    expect(page.get_by_role("button", name="Trigger point 1: right infraspinatus")).to_be_visible()
    (point,) = page.evaluate("document.querySelector('body-chart').points")
    assert point["kind"] == "trigger-point"
    assert (point["muscle"], point["side"]) == ("infraspinatus", "right")
    assert sum(point["weights"]) == pytest.approx(1, abs=0.001)
    page.get_by_role("button", name="Remove 1").click()
    assert page.evaluate("document.querySelector('body-chart').points") == []
    context.close()


def test_a_needle_site_is_placed_from_the_list_without_a_pointer(browser: Browser, site: str) -> None:
    context, page = opened(browser, site, "mode=point way=list")
    page.get_by_role("button", name="Needle site").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("searchbox").fill("soleus")
    page.get_by_role("button", name="Place needle site: left soleus").focus()
    page.keyboard.press("Enter")
    (point,) = page.evaluate("document.querySelector('body-chart').points")
    assert (point["kind"], point["muscle"], point["side"]) == ("needle-site", "soleus", "left")
    context.close()


# Show


def test_levels_are_words_and_patterns_and_not_only_colours(browser: Browser, site: str) -> None:
    context, page = opened(browser, site, f"mode=show view=back value='{SHOWN}'")
    legend = page.get_by_role("region", name="What is shown")
    for word in ("Stop", "Weigh", "Adapt", "Clear"):
        expect(legend.get_by_text(word, exact=True)).to_be_visible()
    page.get_by_role("button", name="List").click()
    page.get_by_role("searchbox").fill("top of the shoulder")
    expect(page.get_by_role("button", name="left upper trapezius: Adapt (over the lung)")).to_be_visible()
    context.close()


def test_a_muscle_under_the_keyboard_or_the_pointer_is_told_to_the_page(browser: Browser, site: str) -> None:
    context, page = opened(browser, site, f"mode=show view=back value='{SHOWN}'")
    page.get_by_role("button", name="right infraspinatus 62 %").focus()
    assert page.evaluate("window.heard.at(-1)") == {
        "id": "infraspinatus",
        "side": "right",
        "title": "right infraspinatus",
    }
    page.mouse.move(*on_region(page, 195))
    page.wait_for_timeout(200)
    page.evaluate("window.heard = []")
    page.mouse.move(*on_stage(page, 0.05, 0.5))
    page.wait_for_timeout(200)
    assert page.evaluate("window.heard.at(-1)") is None
    context.close()


def test_two_visits_are_compared(browser: Browser, site: str) -> None:
    first = {"needlepoint": 1, "topology": "np-adult-1", "layers": [{"quality": "aching", "values": "rAJkBQ"}]}
    last = {"needlepoint": 1, "topology": "np-adult-1", "layers": [{"quality": "aching", "values": "rAIKAg"}]}
    visits = [{"label": "2 March", "painting": first}, {"label": "30 March", "painting": last}]
    context, page = opened(
        browser, site, f"mode=show value='{json.dumps([{'type': 'timeline', 'paintings': visits}])}'"
    )
    expect(page.get_by_role("slider", name="Time")).to_have_attribute("aria-valuetext", "30 March")
    page.get_by_role("slider", name="Time").press("Home")
    expect(page.get_by_text("2 March")).to_be_visible()
    page.get_by_role("button", name="Compare first and last").click()
    for word in ("gone", "still there", "new"):
        expect(page.get_by_text(word, exact=True)).to_be_visible()
    context.close()


def test_the_zone_of_a_muscle_is_shown_for_a_moment(browser: Browser, site: str) -> None:
    context, page = opened(browser, site, f"mode=show view=back value='{SHOWN}'")
    zone = {
        "title": "Right infraspinatus refers to",
        "regions": [{"region": "lateral shoulder", "side": "right", "weight": "main"}],
    }
    page.evaluate("zone => { document.querySelector('body-chart').zones = zone }", zone)
    expect(page.get_by_role("heading", name="Right infraspinatus refers to")).to_be_visible()
    page.evaluate("document.querySelector('body-chart').zones = null")
    expect(page.get_by_role("heading", name="Right infraspinatus refers to")).to_have_count(0)
    context.close()


# In the life of a page


def test_a_chart_that_is_moved_within_the_page_keeps_what_was_painted(browser: Browser, site: str) -> None:
    context, page = opened(browser, site)
    stroke(page, on_region(page, KNEECAP_LEFT), on_region(page, KNEECAP_LEFT))
    before = page.evaluate("document.querySelector('body-chart').painting")
    page.evaluate(
        "() => { const c = document.querySelector('body-chart'); const to = c.parentNode; c.remove(); to.append(c) }"
    )
    expect(page.locator("body-chart .stage-area.ready")).to_be_visible(timeout=20_000)
    assert page.evaluate("document.querySelector('body-chart').painting") == before
    stroke(page, on_region(page, KNEECAP_LEFT + 1), on_region(page, KNEECAP_LEFT + 1))
    assert "right patella" in regions_painted(page)
    context.close()


def test_a_body_that_does_not_come_can_be_asked_for_again(browser: Browser, site: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/body/body.glb", lambda route: route.abort())
    page.goto(site)
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    page.unroute("**/body/body.glb")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("body-chart .stage-area.ready")).to_be_visible(timeout=20_000)
    context.close()


def test_a_headache_with_neck_pain_is_painted_in_a_few_strokes(browser: Browser, site: str) -> None:
    context, page = opened(browser, site, has_touch=True)
    page.get_by_role("button", name="Head").tap()
    page.get_by_role("button", name="Left side").tap()
    page.wait_for_timeout(700)
    stroke(page, on_region(page, TEMPLE_LEFT), on_region(page, TEMPLE_LEFT))
    page.get_by_role("button", name="Stabbing").tap()
    page.get_by_role("button", name="Back", exact=True).tap()
    page.wait_for_timeout(700)
    neck = 176
    stroke(page, on_region(page, neck), on_region(page, neck))
    told = page.evaluate("window.told")
    assert {layer["quality"] for layer in told["painting"]["layers"]} == {"aching", "stabbing"}
    assert {"left temple", "left posterior neck, upper"} <= set(regions_painted(page))
    expect(page.get_by_text("Painted so far:")).to_be_visible()
    context.close()
