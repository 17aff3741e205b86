"""Sites to look at: the real one as `codeglot build` left it, and a small one built here.

``CODEGLOT_SITE`` names a built site other than ``site/``. Without one these tests fail; they never pass by skipping.
"""

import os
from collections.abc import Callable
from functools import partial
from gettext import NullTranslations
from pathlib import Path

import pytest

from generator import languages, layout, site
from generator.labels import Labels
from generator.model import Locale
from generator.render import Renderer
from generator.site import Built, LocaleSpec, NavItem, NeutralLink, NeutralTarget, SiteSpec

ROOT = Path(__file__).resolve().parents[2]

Build = Callable[..., Built]


@pytest.fixture(scope="session")
def built_site() -> Path:
    """The site as built by `codeglot build`."""
    folder = Path(os.environ.get("CODEGLOT_SITE") or ROOT / "site")
    if not (folder / "index.html").is_file():
        pytest.fail(f"there is no built site in {folder}; run `make site`, or name one in CODEGLOT_SITE")
    return folder


@pytest.fixture
def small_spec() -> SiteSpec:
    """Two locales, neither of them one of the originals' source."""
    return SiteSpec(
        Locale("ja"),
        tuple(
            LocaleSpec(
                Locale(locale),
                languages.own_name(Locale(locale)),
                title,
                labels=site.theme.labels(lambda text: text),
                nav=(NavItem(title, "index.md"), NavItem("Acme", "acme/index.md")),
            )
            for locale, title in (("ja", "エラーコード"), ("en", "Error codes"))
        ),
    )


@pytest.fixture
def small_docs(tmp_path: Path) -> Path:
    """Pages for :func:`small_spec`, as the generator would write them."""
    docs = tmp_path / "docs"
    for locale, words in (("ja", "接続できません。"), ("en", "Cannot connect.")):
        _page(docs / locale / "index.md", "Home", "# Home\n\n[Acme](acme/index.md)\n")
        _page(docs / locale / "search.md", "Search", "# Search\n")
        _page(docs / locale / "discrepancies.md", "Discrepancies", "# Discrepancies\n")
        _page(docs / locale / "acme" / "index.md", "Acme", "# Acme\n\n[7](7.md)\n")
        _page(docs / locale / "acme" / "7.md", "7", f"# 7\n\n{words}\n", code="acme/7")
    return docs


def _page(path: Path, title: str, body: str, **meta: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    front = "".join(f'{key}: "{value}"\n' for key, value in {"title": title, **meta}.items())
    path.write_text(f"---\n{front}---\n{body}", encoding="utf-8")


@pytest.fixture
def build_small(tmp_path: Path, small_spec: SiteSpec, small_docs: Path) -> Build:
    """Builds the small site into ``tmp_path/site``; further values go to :func:`generator.site.build`."""
    folders = layout.find(ROOT / layout.SOURCE)
    labels = {locale.locale: Labels(locale.locale, NullTranslations()) for locale in small_spec.locales}
    renderer = Renderer(folders.templates, labels)

    def build(**values: object) -> Built:
        arguments = {
            "docs": small_docs,
            "templates": folders.templates,
            "config": folders.mkdocs,
            "render": partial(_standalone, renderer),
            "links": (NeutralLink("e/7/", "7", (NeutralTarget("acme/7/", ()),)),),
            "site_url": "https://codes.example/sub/",
            **values,
        }
        spec = arguments.pop("spec", small_spec)
        return site.build(spec, tmp_path / "site", **arguments)  # type: ignore[arg-type]  # a test may give any of them

    return build


def _standalone(renderer: Renderer, name: str, **values: object) -> str:
    return renderer.html(name, Locale("ja"), **values)
