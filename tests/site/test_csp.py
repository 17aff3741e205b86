"""Every page says what a browser may load and run for it, and runs nothing else."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

from generator import layout
from generator.site import policy
from tests.site.conftest import Build
from tests.site.markup import pages

pytestmark = pytest.mark.site

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_DATA = ('type="application/json"', 'type="application/ld+json"')


def _policies(path: Path) -> dict[str, set[str]]:
    """The sources of each directive of a page's one policy; it has to come before anything that could be loaded."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    assert len(found) == 1, path
    before = text[: text.index("<meta http-equiv=")]
    assert re.sub(r"\s+", "", before).endswith("<head>"), path
    value = found[0].replace("&#39;", "'")
    return {name: set(sources.split()) for name, _, sources in (one.strip().partition(" ") for one in value.split(";"))}


def _inline(path: Path) -> list[str]:
    """The scripts that stand in a page."""
    found = _SCRIPT.finditer(path.read_text(encoding="utf-8"))
    return [
        one["text"]
        for one in found
        if " src=" not in one["attributes"] and not one["attributes"].strip().endswith(_DATA)
    ]


def test_every_page_has_a_strict_policy_and_each_of_its_scripts_is_in_it(built_site: Path) -> None:
    scripts: set[str] = set()
    for page in pages(built_site).values():
        said = _policies(page.path)
        assert said["default-src"] == {"'none'"}, page.path
        assert said["style-src"] == {"'self'"}, page.path
        assert said["base-uri"] == {"'none'"}, page.path
        assert said["form-action"] == {"'self'"}, page.path
        assert {one for one in said["script-src"] if not one.startswith("'sha256-")} == {"'self'"}, page.path
        for script in _inline(page.path):
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in said["script-src"], page.path
            scripts.add(digest)
    assert {f"sha256-{one}" for one in scripts} == set(policy.hashes(layout.templates()))


def test_no_page_has_a_style_or_a_handler_in_it(built_site: Path) -> None:
    found = [
        f"{name}: <{tag.name} {key}>"
        for name, page in pages(built_site).items()
        for tag in page.tags
        for key in tag.attributes
        if key == "style" or key.startswith("on")
    ]
    assert found == []
    assert [name for name, page in pages(built_site).items() if page.find("style") or page.find("base")] == []


def test_a_page_written_by_hand_has_the_policy_and_keeps_its_markup(build_small: Build, small_docs: Path) -> None:
    for locale in ("ja", "en"):
        text = '---\ntitle: "Own"\n---\n<aside class="own"><b>kept</b></aside>\n'
        (small_docs / locale / "own.md").write_text(text, encoding="utf-8")
    site = build_small().folder
    own = site / "en" / "own" / "index.html"
    assert '<aside class="own"><b>kept</b></aside>' in own.read_text(encoding="utf-8")
    assert _policies(own)["default-src"] == {"'none'"}


def test_what_got_into_a_page_made_from_documents_is_taken_out(build_small: Build, small_docs: Path) -> None:
    for locale in ("ja", "en"):
        body = (
            '<p onclick="x()">said <img src="x" onerror="y()"><a href="javascript:z()">link</a><style>p{}</style></p>'
        )
        text = f'---\ntitle: "7"\ntext_locale: "{locale}"\n---\n<div class="cg">{body}</div>\n'
        (small_docs / locale / "acme" / "7.md").write_text(text, encoding="utf-8")
    site = build_small().folder
    text = (site / "en" / "acme" / "7" / "index.html").read_text(encoding="utf-8")
    assert '<div class="cg"><p>said <a>link</a></p></div>' in text


def test_only_a_serving_mkdocs_may_run_scripts_of_its_own() -> None:
    templates = layout.templates()
    assert "'unsafe-inline'" in policy.policy(templates, live=True)
    assert "unsafe" not in policy.policy(templates)
    assert "sha256-" not in policy.plain()
