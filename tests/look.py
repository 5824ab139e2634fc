"""Screenshots of a built site in build/look: `python -m tests.look [SITE]` (default: the demo's site, made if absent).

Each page in a desktop and a phone window, light and dark, for a person to look at.
"""

import functools
import http.server
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "build" / "look"
WINDOWS = {"desktop": (1366, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")


def main(arguments: list[str]) -> int:
    """Take the pictures and say where they are."""
    site = Path(arguments[0]).resolve() if arguments else demo_site()
    chromium = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if chromium is None:
        sys.stdout.write("look: no Chromium on this machine\nreason: NO_BROWSER\n")
        return 3
    TARGET.mkdir(parents=True, exist_ok=True)
    server = serve(site)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for path in pages(site):
                shoot(browser, f"http://127.0.0.1:{server.server_port}/{path}", path)
            browser.close()
    finally:
        server.shutdown()
    sys.stdout.write(f"pictures: {TARGET}\n")
    return 0


def demo_site() -> Path:
    """The demo's site; the demo is made where it does not exist."""
    demo = ROOT / "build" / "demo"
    if not list(demo.glob("**/sitemap.xml")):
        subprocess.run([sys.executable, "-m", "generator", "demo", str(demo)], cwd=ROOT, check=True)
    return next(demo.glob("**/sitemap.xml")).parent


def pages(site: Path) -> list[str]:
    """Home, every page of the first level, and one page of each folder below."""
    top = sorted(path.parent.relative_to(site).as_posix() for path in site.glob("*/index.html"))
    below = {
        path.parent.parent: path.parent.relative_to(site).as_posix() for path in sorted(site.glob("*/*/index.html"))
    }
    return ["", *(f"{name}/" for name in [*top, *below.values()])]


def serve(site: Path) -> http.server.ThreadingHTTPServer:
    """The site on a free port of the loopback address."""
    handler = functools.partial(QuietHandler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # the name is the base class's
        """Nothing."""


def shoot(browser: Browser, url: str, path: str) -> None:
    """One page in each window and scheme."""
    name = path.strip("/").replace("/", "-") or "home"
    for window, (width, height) in WINDOWS.items():
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
            )
            page = context.new_page()
            page.goto(url, wait_until="networkidle")
            page.screenshot(path=str(TARGET / f"{name}.{window}.{scheme}.png"), full_page=window == "desktop")
            context.close()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
