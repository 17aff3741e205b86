"""What a server shows at once of a row that was edited."""

from pathlib import Path

import pytest

from generator import making, site
from generator.kept import Kept
from generator.making.glimpse import Glimpse
from generator.site import live, place
from tests.test_making import ADDRESS, Project, tree


@pytest.fixture
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("glimpse"))


@pytest.fixture
def glimpse(project: Project) -> Glimpse:
    """A site that is built and known, of which nothing has changed since."""
    found = project.layout(project.work)
    keep = Kept(place.kept_of(found.site), hold=True)
    made = Glimpse(found, ADDRESS, keep)
    assert not made.show()
    making.build(found, ADDRESS, keep=keep)
    assert not made.show()
    return made


def edit(project: Project, words: str) -> None:
    rows = project.rows("acme", "en")
    rows[1] = rows[1].replace("An error occurred", words)
    project.write("acme", "en", rows)


def page(project: Project, locale: str = "en/") -> Path:
    return project.work / "site" / locale / "acme" / "8" / "index.html"


def test_the_page_of_a_row_is_there_before_the_build(project: Project, glimpse: Glimpse) -> None:
    before, stamp = tree(project.work), live.stamp(project.work / "site")
    old = page(project).stat().st_ino
    edit(project, "The door & the window were shut")
    assert glimpse.show()
    assert "The door &amp; the window were shut" in page(project).read_text(encoding="utf-8")
    assert live.stamp(project.work / "site") != stamp, "browsers look again"
    after = tree(project.work)
    assert {path for path in before if before[path] != after[path]} <= {
        f"site/{locale}acme/8/index.html" for locale in ("", "en/")
    }
    assert after.keys() == before.keys()
    assert page(project).stat().st_ino != old, "the site before has the old one still"


def test_the_build_after_it_is_what_a_build_from_nothing_is(project: Project, glimpse: Glimpse) -> None:
    for words in ("The door was shut", "The window was shut", "An error occurred"):
        edit(project, words)
        glimpse.show()
        project.build()
        assert tree(project.work) == project.anew()
        rows = project.rows("acme", "en")
        rows[1] = rows[1].replace(words, "An error occurred")
        project.write("acme", "en", rows)


def test_nothing_is_shown_where_it_could_not_be_right(project: Project, glimpse: Glimpse) -> None:
    before = tree(project.work)
    # Every row below has another place.
    project.write("acme", "en", [Project.row(code, "en") for code in range(100, 130)])
    assert not glimpse.show()
    (project.source / "catalog.toml").write_text("broken", encoding="utf-8")
    assert not glimpse.show()
    assert tree(project.work) == before


def test_nothing_is_shown_while_another_build_is_at_the_site(project: Project, glimpse: Glimpse) -> None:
    edit(project, "The door was shut")
    with site.alone(project.work / "site", site.silent):
        assert not glimpse.show()
