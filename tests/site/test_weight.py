"""What a page weighs, compressed, for a reader who has nothing of it yet."""

import gzip
import re
from os.path import normpath
from pathlib import Path

import pytest

pytestmark = pytest.mark.site

MOST_HTML = 40_000
MOST_LOADED = 60_000
_LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|script[^>]* src)="([^"]+)"')


def _weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def test_code_page_is_light_even_for_a_first_visit(built_site: Path) -> None:
    weights: dict[Path, int] = {}
    seen = 0
    for page in built_site.rglob("index.html"):
        text = page.read_text(encoding="utf-8")
        if " data-code=" not in text:
            continue
        seen += 1
        assert len(text.encode()) <= MOST_HTML, page
        loaded = [Path(normpath(page.parent / target)) for target in _LOADED.findall(text)]
        assert any(path.suffix == ".css" for path in loaded)
        assert any(path.suffix == ".js" for path in loaded)
        total = _weight(page)
        for path in loaded:
            weights.setdefault(path, _weight(path))
            total += weights[path]
        assert total <= MOST_LOADED, page
    assert seen > 3 * 150
