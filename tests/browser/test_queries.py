"""What the search shows for every query of the tables, in a real browser, on each locale's search page."""

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import queries
from tests.queries import Query

pytestmark = pytest.mark.browser

LOCALES = {"zh": "", "en": "en/", "ko": "ko/"}
LANGUAGES = {"zh": "zh-CN", "en": "en-US", "ko": "ko-KR"}
SHARE = 0.98
PATIENCE = 15_000
"""Milliseconds; how fast the search is, a benchmark says."""


class SearchPage:
    """A search page that is asked one query after the other."""

    def __init__(self, page: Page) -> None:
        # The page has a box in its header, too; this test is about the page's own.
        self.part: Locator = page.locator("[data-search-page]")
        self.box = self.part.locator("[data-search-input]")
        self.state = self.part.locator("[data-search-state]")

    def ask(self, text: str) -> list[str]:
        """The codes shown for ``text``, in order; waits until the page says that it is done."""
        # The state of the query before must not pass for the state of this one: an empty box is idle.
        self.box.fill("")
        expect(self.state).to_have_attribute("data-search-state", "idle", timeout=PATIENCE)
        self.box.fill(text)
        answered = self.part.locator("[data-search-state=done], [data-search-state=none]")
        expect(answered).to_have_count(1, timeout=PATIENCE)
        found: list[str] = self.part.locator("a[data-code]").evaluate_all("all => all.map((one) => one.dataset.code)")
        return found


def tell(rows: list[tuple[Query, list[str]]], asked: list[Query]) -> str:
    """Every miss, and the score of each kind."""
    total, missed = Counter(row.kind for row in asked), Counter(row.kind for row, _ in rows)
    lines = [f"{kind}: {total[kind] - missed[kind]} of {total[kind]}" for kind in queries.KINDS if total[kind]]
    lines += [
        f"{row.locale} {row.kind} {row.query!r}: expected {', '.join(row.expect) or 'none'}; got {', '.join(found[:5])}"
        for row, found in rows
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("locale", LOCALES)
def test_queries_find_their_codes(reader: Any, site: str, locale: str) -> None:
    """All exact queries find theirs, no unknown number finds any, and of all queries at most two in a hundred miss."""
    search = SearchPage(reader(LANGUAGES[locale]).open(f"{site}{LOCALES[locale]}search/"))
    asked = [row for row in queries.every() if row.locale == locale]
    answers = [(row, search.ask(row.query)) for row in asked]
    missed = [(row, found) for row, found in answers if not row.satisfied(found)]
    report = tell(missed, asked)
    assert not [row for row, _ in missed if row.kind in queries.CERTAIN], report
    assert len(missed) <= (1 - SHARE) * len(asked), report
