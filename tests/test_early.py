"""The pages of no product, planned by another process: what it gives is taken only where it is right."""

import os
import signal
from collections.abc import Callable

import pytest

from generator import crew, pages
from generator.making import early
from generator.making.early import Asked, Planned
from generator.pages import Page, RuleInfo
from generator.pages.desk import Desk
from tests.test_making import Project, tree

Plan = Callable[[Asked], Planned | None]


@pytest.fixture
def project(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project that is built, and then changed, on a machine with two processors."""
    monkeypatch.setenv("CODEGLOT_JOBS", "2")
    monkeypatch.setattr(crew, "_may_fork", lambda: True)
    made = Project(tmp_path_factory.mktemp("early"))
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


def test_after_a_small_change_another_process_plans_the_pages_of_no_product(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = _planned_here(monkeypatch)
    project.build()
    assert here == []
    monkeypatch.undo()
    assert tree(project.work) == project.anew()


def test_pages_of_anything_else_are_not_taken(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    real: Plan = early._planned

    def of_before(asked: Asked) -> Planned | None:
        found = real(asked)
        return found and found._replace(seen=b"another", locales=tuple(() for _ in found.locales))

    monkeypatch.setattr(early, "_planned", of_before)
    here = _planned_here(monkeypatch)
    project.build()
    assert len(here) == 2
    monkeypatch.undo()
    assert tree(project.work) == project.anew()


def _killed(_asked: Asked) -> Planned | None:
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def test_a_build_does_without_a_process_that_was_killed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early, "_planned", _killed)
    project.build()
    monkeypatch.undo()
    assert tree(project.work) == project.anew()


def test_a_page_that_somebody_removed_is_made_again(project: Project) -> None:
    (project.work / "site" / "en" / "index.html").unlink()
    (project.work / "docs" / "zh" / "index.md").unlink()
    project.build()
    assert tree(project.work) == project.anew()
