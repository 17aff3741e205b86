"""The pages of no product, made ready by another process: what it gives is taken, and done without where it fails."""

import os
import signal
from pathlib import Path

import pytest

import generator
from generator import crew, kept, layout, pages
from generator.making import ahead, begun
from generator.meanings import CodeMeanings
from generator.pages import Page, RuleInfo, Shelf
from generator.pages.desk import Desk
from tests.test_making import Project, tree


@pytest.fixture
def project(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project that is built, and then changed, on a machine with two processors."""
    monkeypatch.setenv("CODEGLOT_JOBS", "2")
    monkeypatch.setattr(crew, "_may_fork", lambda: True)
    made = Project(tmp_path_factory.mktemp("ready"))
    made.build()
    rows = made.rows("acme", "en")
    # A name that the other language writes otherwise shows in the report, and so on pages of no product.
    rows[0] = rows[0].replace("NAME_7_X", "NAME_7_Y")
    made.write("acme", "en", rows)
    return made


def _planned_here(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages the process that builds plans in each locale."""
    found: list[int] = []
    real = pages.in_locale

    def counted(desk: Desk, rules: tuple[RuleInfo, ...] = ()) -> tuple[Page, ...]:
        made = real(desk, rules)
        found.append(len(made))
        return made

    monkeypatch.setattr(pages, "in_locale", counted)
    return found


def test_after_a_small_change_another_process_makes_the_pages_of_no_product_ready(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = _planned_here(monkeypatch)
    project.build()
    assert here == []
    monkeypatch.undo()
    assert tree(project.work) == project.anew()


def _killed(_asked: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_build_does_without_a_process_that_was_killed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_made", _killed)
    here = _planned_here(monkeypatch)
    project.build()
    assert len(here) == 2
    monkeypatch.undo()
    assert tree(project.work) == project.anew()


def test_pages_that_somebody_removed_are_made_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.work / "site" / "en" / "index.html").unlink()
    # Pages that the change leaves as they were.
    for rule in ("S102", "S103"):
        (project.work / "site" / "en" / "rules" / rule / "index.html").unlink()
        (project.work / "docs" / "zh" / "rules" / f"{rule}.md").unlink()
    here = _planned_here(monkeypatch)
    project.build()
    # Once in each locale, however many are gone.
    assert len(here) == 2
    monkeypatch.undo()
    assert tree(project.work) == project.anew()


def test_pages_as_planned_before_are_read_and_not_planned(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[str] = []
    real = pages.of_code

    def noted(shelf: Shelf, code: CodeMeanings) -> tuple[Page, ...]:
        planned.append(code.address)
        return real(shelf, code)

    monkeypatch.setattr(pages, "of_code", noted)
    project.build()
    # The code, those of its product that name it, and the one of another product that is the same number.
    assert {"acme/7", "acme/8", "other/7"} <= set(planned)
    assert {"other/70", "other/71"}.isdisjoint(planned)


@pytest.mark.parametrize("damage", [b"", b"\0" * 200, b"torn"], ids=["empty", "zeros", "torn"])
def test_plans_that_were_torn_are_made_anew(project: Project, damage: bytes) -> None:
    folder = project.work / ".codeglot" / "site.kept"
    torn = sorted(folder.glob("plans.*"))
    assert len(torn) == 3
    for path in torn:
        path.write_bytes(path.read_bytes()[:-30] + damage)
    project.build()
    assert tree(project.work) == project.anew()


def test_plans_that_are_something_else_are_made_anew(project: Project) -> None:
    keep = kept.Kept(project.work / ".codeglot" / "site.kept")
    for product in ("acme", "other", "third"):
        keep.put("plans", kept.digest(product.encode()), {"7": ["no", "plan"]})
    project.build()
    assert tree(project.work) == project.anew()


def test_what_is_compiled_lies_beside_the_program_and_nowhere_else(project: Project) -> None:
    """Folders of documents come from anybody, with whatever lies in them."""
    project.build()
    own = begun._compiled(layout.templates())
    assert own is not None
    assert own._kept._folder.is_relative_to(Path(generator.__file__).parent)
    assert begun._compiled(project.source) is None
    assert not list(project.root.rglob("template.*"))
