"""What hostile documents do in a browser, which is nothing; and that the pages' policy is in force and breaks nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from generator import layout, making
from tests import hostile
from tests.browser.conftest import Serve

pytestmark = pytest.mark.browser

_WATCH = """
window.breaches = [];
addEventListener("securitypolicyviolation", (one) => window.breaches.push(`${one.violatedDirective} ${one.blockedURI}`));
"""

_HARM = """() => {
  const found = [];
  for (const node of document.querySelectorAll("*")) {
    for (const { name, value } of node.attributes) {
      if (name.startsWith("on") || name === "style" || name === "srcdoc") found.push(`${node.tagName} ${name}`);
      if (["href", "src", "action", "formaction", "xlink:href"].includes(name)) {
        const { protocol } = new URL(value, document.baseURI);
        if (!["http:", "https:", "mailto:"].includes(protocol)) found.push(`${node.tagName} ${name}=${value}`);
      }
    }
  }
  const foreign = "#content :is(img, iframe, object, embed, base, meta, style, script, svg, math, video, audio)";
  found.push(...[...document.querySelectorAll(foreign)].map((node) => node.outerHTML));
  return found;
}"""


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> tuple[str, Path]:
    """The address of a site made of hostile documents, and its folder."""
    folder = tmp_path_factory.mktemp("hostile")
    source = hostile.write(folder / "in", long=200, deep=50, large=2000, each=4)
    making.build(layout.find(source, docs=folder / "docs", site=folder / "site"), "https://codes.example/sub/")
    return serve(folder / "site", "/sub/"), folder / "site"


def _watched(one: Any) -> Page:
    page: Page = one.page
    page.add_init_script(_WATCH)

    def refuse(dialog: Dialog) -> None:
        one.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", refuse)
    return page


def test_hostile_documents_do_nothing(reader: Any, hostile_site: tuple[str, Path]) -> None:
    site, folder = hostile_site
    one = reader("ko-KR")
    page = _watched(one)
    every = sorted(path.parent.relative_to(folder).as_posix() for path in folder.rglob("index.html"))
    paths = [path for path in every if not path.startswith(("e/", "rules", "ko/rules", "en/rules"))]
    assert len(paths) > 200
    for path in [*paths[::6], "en/evil", "en/discrepancies", "en"]:
        address = site + (f"{path}/" if path != "." else "")
        page.goto(address)
        assert page.url == address
        assert page.evaluate(_HARM) == [], path
        assert page.evaluate("window.breaches") == [], path


def test_hostile_words_are_found_as_words(reader: Any, hostile_site: tuple[str, Path]) -> None:
    site, _ = hostile_site
    page = _watched(reader("en-US"))
    for asked in ("7001", "alert HARM", "<img src=x onerror=alert(1)>", "NAME_7003 {{ 7*7 }}", "9" * 5000):
        page.goto(f"{site}en/search/")
        page.locator("[data-search-input]:visible").last.fill(asked)
        expect(page.locator("[data-search-state=done], [data-search-state=none]").first).to_be_attached()
        assert page.evaluate(_HARM) == [], asked
        assert page.evaluate("window.breaches") == [], asked


def test_the_policy_is_in_force(reader: Any, site: str) -> None:
    one = reader("en-US")
    page = _watched(one)
    page.goto(f"{site}en/gme/7006/")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.harmed = true";
          document.body.append(script);
          document.body.insertAdjacentHTML("beforeend", "<img src='https://evil.example/x' onerror='window.harmed = true'>");
        }"""
    )
    page.wait_for_function("window.breaches.length >= 3")
    assert page.evaluate("window.harmed") is None
    assert {one.split()[0] for one in page.evaluate("window.breaches")} == {
        "script-src-elem",
        "script-src-attr",
        "img-src",
    }
    one.problems.clear()


@pytest.mark.parametrize("below", [False, True])
def test_the_policy_hinders_nothing_that_the_pages_do(reader: Any, site: str, site_below: str, *, below: bool) -> None:
    root = site_below if below else site
    one = reader("ko-KR")
    page = _watched(one)
    page.goto(f"{root}en/gme/7006/")
    expect(page.locator("[data-hint]:visible")).to_have_count(1)
    page.locator("[data-palette-choice]:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.locator("summary").first.click()
    page.locator("[data-search-input]").first.fill("7005")
    expect(page.locator("a[data-code]:visible").first).to_have_attribute("data-code", "gme/7005")
    assert page.evaluate("window.breaches") == []
    page.goto(f"{root}e/7006/")
    page.wait_for_url(f"{root}ko/gme/7006/")
    assert page.evaluate("window.breaches") == []
    page.goto(f"{root}discrepancies/")
    assert page.evaluate("window.breaches") == []
    assert json.dumps(one.problems) == "[]"
