"""How heavy is the body chart, how soon can one paint, and how smoothly? In real Chromium, drawn by the processor alone.

Usage: chart.py [RESULT.json]     (after `npm run build` in web/)
"""

import functools
import gzip
import http.server
import json
import os
import platform
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

STATIC = Path(__file__).parents[1] / "src/needlepoint/exchange/chart/static"
SCRIPT_LIMIT, BODY_LIMIT = 250_000, 1_000_000
FIRST_STROKE_LIMIT_MS, FRAMES_LIMIT = 1500, 30
#: What a chart for painting fetches; the footprints come only where muscles are named, the drawings only without WebGL.
BODY = ("body.glb", "body_model.json", "calibration.json", "regions.json", "regions.bin", "mirror.bin")
CHROMIUM = [
    "--headless=new", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip
PAGE = """<!doctype html><html lang="en"><head><title>Chart</title><link rel="icon" href="data:,">
<style>html,body{margin:0;height:100%}body-chart{block-size:100%}</style></head>
<body><body-chart></body-chart><script type="module" src="/body-chart.js"></script></body></html>"""
#: Presses on the forehead until the chart answers with a painted vertex; answers the milliseconds since the page was asked for.
FIRST_STROKE = """async () => {
  await customElements.whenDefined('body-chart');
  const chart = document.querySelector('body-chart'), root = chart.shadowRoot;
  const painted = new Promise(done => chart.addEventListener('painting-change', () => done(performance.now()), {once: true}));
  if (!root.querySelector('.ready')) await new Promise(done => chart.addEventListener('ready', done, {once: true}));
  const ready = performance.now();
  const stage = root.querySelector('.stage'), box = stage.getBoundingClientRect();
  const at = (name, x, y) => stage.dispatchEvent(new PointerEvent(name, {pointerId: 1, pointerType: 'pen', isPrimary: true,
    button: 0, buttons: 1, clientX: box.x + x * box.width, clientY: box.y + y * box.height, bubbles: true, cancelable: true}));
  stage.setPointerCapture = () => {};
  at('pointerdown', .5, .3); at('pointermove', .505, .31); at('pointerup', .505, .31);
  const stroke = await painted;
  await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame);
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return {first_paint_ms: paint ? paint.startTime : null, ready_ms: ready, first_stroke_ms: stroke, seen_ms: performance.now()};
}"""
#: Paints in circles for three seconds; answers how long each frame took.
PAINTING = """async () => {
  const root = document.querySelector('body-chart').shadowRoot, stage = root.querySelector('.stage'), box = stage.getBoundingClientRect();
  const at = (name, x, y) => stage.dispatchEvent(new PointerEvent(name, {pointerId: 1, pointerType: 'pen', isPrimary: true,
    button: 0, buttons: 1, clientX: box.x + x * box.width, clientY: box.y + y * box.height, bubbles: true, cancelable: true}));
  stage.setPointerCapture = () => {};
  const frames = []; let last = performance.now(); const began = last;
  at('pointerdown', .5, .3);
  while (performance.now() - began < 3000) {
    const turn = (performance.now() - began) / 400;
    at('pointermove', .5 + .05 * Math.cos(turn) * (1 + turn / 20), .35 + .08 * Math.sin(turn));
    await new Promise(requestAnimationFrame);
    const now = performance.now(); frames.push(now - last); last = now;
  }
  at('pointerup', .5, .35);
  return frames.slice(3);
}"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """A bench has nothing to log."""

    def do_GET(self) -> None:
        if self.path != "/":
            super().do_GET()
            return
        page = PAGE.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@contextmanager
def served() -> Iterator[str]:
    """The built chart on loopback."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(STATIC)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def packed(files: list[Path]) -> int:
    """How many bytes these files take when gzip packed them."""
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def opened(browser: Browser, address: str, width: int, height: int, dots: float = 1) -> Page:
    page = browser.new_context(viewport={"width": width, "height": height}, device_scale_factor=dots).new_page()
    page.goto(address)
    return page


def measured(
    browser: Browser, address: str, width: int, height: int, dots: float = 1, times: int = 5
) -> dict[str, object]:
    starts, frames = [], []
    for _ in range(times):
        page = opened(browser, address, width, height, dots)
        starts.append(page.evaluate(FIRST_STROKE))
        if len(starts) == times:
            frames = page.evaluate(PAINTING)
        page.context.close()
    told = {key: [one[key] for one in starts if one[key] is not None] for key in starts[0]}
    middle = {key: round(statistics.median(all_)) for key, all_ in told.items() if all_}
    slow = sorted(frames)[int(0.95 * len(frames))]
    return {
        **middle,
        "first_of_all_ms": round(starts[0]["seen_ms"]),
        "frames_per_second": round(1000 / statistics.mean(frames), 1),
        "slow_frame_p95_ms": round(slow, 1),
    }


def main() -> None:
    scripts = sorted(STATIC.glob("*.js"))
    result: dict[str, object] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        "script_gzip_bytes": packed(scripts),
        "first_script_gzip_bytes": packed([STATIC / "body-chart.js"]),
        "body_gzip_bytes": packed([STATIC / "body" / name for name in BODY]),
    }
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        result["browser"] = f"Chromium {browser.version}, SwiftShader"
        for name, size in {"tablet": (820, 1180), "phone": (390, 844), "desk": (1360, 900)}.items():
            result[name] = measured(browser, address, *size)
        result["tablet with fine dots"] = measured(browser, address, 820, 1180, 2, 2)
        browser.close()
    text = json.dumps(result, indent=2)
    print(text)
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
