"""What a page weighs, compressed, for a reader who has nothing of it yet."""

import gzip
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.site

MOST_HTML = 40_000
MOST_LOADED = 60_000
_LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|script[^>]* src)="([^"]+)"')


def _weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def _pages(site: Path) -> list[Path]:
    return [page for page in site.rglob("index.html") if " data-code=" in page.read_text(encoding="utf-8")]


def test_code_page_is_light_even_for_a_first_visit(built_site: Path) -> None:
    weights: dict[Path, int] = {}
    pages = _pages(built_site)
    assert len(pages) > 3 * 150
    for page in pages:
        assert page.stat().st_size <= MOST_HTML, page
        loaded = [(page.parent / target).resolve() for target in _LOADED.findall(page.read_text(encoding="utf-8"))]
        assert any(path.suffix == ".css" for path in loaded)
        assert any(path.suffix == ".js" for path in loaded)
        total = _weight(page)
        for path in loaded:
            weights.setdefault(path, _weight(path))
            total += weights[path]
        assert total <= MOST_LOADED, page
