"""What the search shows for every query of the tables, in a real browser, on each locale's search page."""

from collections import Counter
from typing import Any

import pytest

from tests import queries
from tests.queries import Query

pytestmark = pytest.mark.browser

LOCALES = {"zh": "", "en": "en/", "ko": "ko/"}
LANGUAGES = {"zh": "zh-CN", "en": "en-US", "ko": "ko-KR"}
SHARE = 0.98
PATIENCE = 15_000
"""Milliseconds; how fast the search is, a benchmark says."""


ASK = """async ([queries, patience]) => {
    // The page has a box in its header, too; this is about the page's own.
    const part = document.querySelector("[data-search-page]");
    const box = part.querySelector("[data-search-input]");
    const state = part.querySelector("[data-search-state]");
    const say = (text) => { box.value = text; box.dispatchEvent(new Event("input", { bubbles: true })) };
    const reached = (...states) => new Promise((resolve, reject) => {
        const there = () => states.includes(state.dataset.searchState);
        if (there()) return resolve();
        const observer = new MutationObserver(() => there() && (observer.disconnect(), resolve()));
        observer.observe(state, { attributes: true });
        setTimeout(() => reject(new Error(`${box.value}: ${state.dataset.searchState}`)), patience);
    });
    const answers = [];
    for (const query of queries) {
        // The state of the query before must not pass for the state of this one: an empty box is idle.
        say("");
        await reached("idle");
        say(query);
        await reached("done", "none");
        answers.push([...part.querySelectorAll("a[data-code]")].map((one) => one.dataset.code));
    }
    return answers;
}"""
"""The codes shown for each query, in order; asked in the page, for there are hundreds."""


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
    page = reader(LANGUAGES[locale]).open(f"{site}{LOCALES[locale]}search/")
    asked = [row for row in queries.every() if row.locale == locale]
    answers: list[list[str]] = page.evaluate(ASK, [[row.query for row in asked], PATIENCE])
    missed = [(row, found) for row, found in zip(asked, answers, strict=True) if not row.satisfied(found)]
    report = tell(missed, asked)
    assert not [row for row, _ in missed if row.kind in queries.CERTAIN], report
    assert len(missed) <= (1 - SHARE) * len(asked), report
