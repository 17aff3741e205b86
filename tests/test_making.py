"""A build makes only what has changed, and what it makes is what a build from nothing makes, byte for byte."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from generator import crew, kept, layout, making, pipeline, site
from generator.errors import CodeglotError
from generator.making import Made

ROOT: Final = Path(__file__).resolve().parents[1]
ADDRESS: Final = "https://codes.example/sub/"

CATALOG: Final = """source_locale = "zh"
locales = ["zh", "en"]

[[products]]
id = "acme"
title = { zh = "甲", en = "Acme" }

[[products.editions]]
id = "current"
documents = { zh = "acme/zh.md", en = "acme/en.md" }

[[products]]
id = "other"
title = { zh = "乙", en = "Other" }

[[products.editions]]
id = "current"
documents = { zh = "other/zh.md", en = "other/en.md" }

[[products]]
id = "third"
title = { zh = "丙", en = "Third" }

[[products.editions]]
id = "current"
documents = { zh = "third/zh.md", en = "third/en.md" }
"""
REDIRECTS: Final = """
[[redirects]]
from = "acme/99/"
to = "third/16/"
reason = "The code has another product now."

[[redirects]]
from = "e/old_name/"
to = "third/-3/"
reason = "It was called so."

[[tombstones]]
product = "other"
code = 77
name = "GONE"
text = { zh = "曾经", en = "It was." }
reason = "No document lists it any more."
replaced_by = "third/16"
"""
HEADERS: Final = {"zh": "| 名称 | 错误码 | 含义 | 建议方案 |", "en": "| Name | Code | Description | Solution |"}


class Project:
    """A folder of sources with a site that is built again and again, and others that are built from nothing."""

    def __init__(self, root: Path) -> None:
        self.source, self.work, self.root = root / "source", root / "work", root
        # 7 is a code of two products, 0x10 and 16 are one number.
        for product, codes in (("acme", (7, 8, 9, 16)), ("other", (7, 70, 71)), ("third", ("0x10", -3))):
            for locale in ("zh", "en"):
                self.write(product, locale, [self.row(code, locale) for code in codes])
        (self.source / "catalog.toml").write_text(CATALOG, encoding="utf-8")
        (self.source / "redirects.toml").write_text(REDIRECTS, encoding="utf-8")
        self.built = 0

    @staticmethod
    def row(code: object, locale: str, more: str = "") -> str:
        words = ("发生错误", "请重试") if locale == "zh" else ("An error occurred", "Try again")
        return f"| NAME_{code}_X | {code} | {words[0]} {code}{more} | {words[1]} |"

    def write(self, product: str, locale: str, rows: list[str]) -> None:
        path = self.source / product / f"{locale}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(["## A", "", HEADERS[locale], "|---|---|---|---|", *rows, ""]), encoding="utf-8")

    def rows(self, product: str, locale: str) -> list[str]:
        return (self.source / product / f"{locale}.md").read_text(encoding="utf-8").split("\n")[4:-1]

    def layout(self, work: Path) -> layout.Layout:
        return layout.find(self.source, docs=work / "docs", site=work / "site")

    def build(self) -> Made:
        return making.build(self.layout(self.work), ADDRESS)

    def anew(self) -> dict[str, bytes]:
        """Pages and site of a build from nothing but the frames, of which there is a test of its own."""
        self.built += 1
        work = self.root / f"anew-{self.built}"
        known = work / ".codeglot" / "site.kept"
        known.mkdir(parents=True)
        for path in (self.work / ".codeglot" / "site.kept").glob("frames.*"):
            shutil.copy(path, known)
        if (self.work / "docs").is_dir():
            for name in ("en/guide.md", "en/plan.txt"):
                if (self.work / "docs" / name).is_file():
                    (work / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(self.work / "docs" / name, work / "docs" / name)
        making.build(self.layout(work), ADDRESS)
        found = tree(work)
        shutil.rmtree(work)
        return found


def tree(work: Path) -> dict[str, bytes]:
    """What people look at: every file of pages and site by its path."""
    return {
        path.relative_to(work).as_posix(): path.read_bytes()
        for folder in ("docs", "site")
        for path in (work / folder).rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that is built."""
    made = Project(tmp_path_factory.mktemp("making"))
    made.build()
    return made


def test_a_build_gives_what_every_part_made_at_once_gives(project: Project) -> None:
    """The same as planning all pages at once, with MkDocs for each of them."""
    work = project.root / "whole"
    folders = project.layout(work)
    prepared = pipeline.prepare(folders, ADDRESS)
    site.build(
        prepared.spec,
        folders.site,
        docs=folders.docs,
        templates=folders.templates,
        config=folders.mkdocs,
        render=prepared.render,
        links=prepared.links,
        files=prepared.files,
        site_url=ADDRESS,
    )
    assert tree(work) == tree(project.work)


def test_where_nothing_has_changed_nothing_is_written(project: Project) -> None:
    project.build()
    before = {path: path.stat().st_mtime_ns for path in project.work.rglob("*") if ".codeglot" not in path.parts}
    again = project.build()
    assert (again.changed, again.remade) == (False, ())
    assert before == {
        path: path.stat().st_mtime_ns for path in project.work.rglob("*") if ".codeglot" not in path.parts
    }


def test_a_row_costs_its_product_alone_and_others_that_speak_of_it(project: Project) -> None:
    rows = project.rows("acme", "en")
    project.write("acme", "en", [rows[0], project.row(8, "en", " twice"), *rows[2:]])
    assert project.build().remade == ("acme",)
    assert tree(project.work) == project.anew()
    project.write("acme", "en", [project.row(7, "en", " oddly"), *project.rows("acme", "en")[1:]])
    assert project.build().remade == ("acme", "other")
    assert tree(project.work) == project.anew()


def _row_changes(project: Project, chance: random.Random) -> None:
    product, locale = chance.choice(("acme", "other", "third")), chance.choice(("zh", "en"))
    rows = project.rows(product, locale)
    at = chance.randrange(len(rows))
    code = rows[at].split("|")[2].strip()
    rows[at] = project.row(code, locale, f" {chance.random()}")
    project.write(product, locale, rows)


def _row_comes(project: Project, chance: random.Random) -> None:
    product, code = chance.choice(("acme", "other", "third")), chance.randrange(100, 200)
    for locale in chance.sample(("zh", "en"), chance.randint(1, 2)):
        project.write(product, locale, [*project.rows(product, locale), project.row(code, locale)])


def _row_goes(project: Project, chance: random.Random) -> None:
    product, locale = chance.choice(("acme", "other")), chance.choice(("zh", "en"))
    rows = project.rows(product, locale)
    if len(rows) > 1:
        rows.pop(chance.randrange(len(rows)))
    project.write(product, locale, rows)


def _site_file_goes(project: Project, chance: random.Random) -> None:
    chance.choice(sorted((project.work / "site").rglob("index.html"))).unlink()


def _site_file_is_written_to(project: Project, chance: random.Random) -> None:
    """In place, so that the file of the site laid by is spoiled as well."""
    with chance.choice(sorted((project.work / "site").rglob("index.html"))).open("a", encoding="utf-8") as file:
        file.write("spoiled")


def _page_goes(project: Project, chance: random.Random) -> None:
    chance.choice(sorted((project.work / "docs").rglob("*.md"))).unlink()


def _kept_goes(project: Project, chance: random.Random) -> None:
    """All of it, some of it, or the site laid by."""
    workshop = project.work / ".codeglot"
    match chance.randrange(3):
        case 0:
            for path in list((workshop / "site.kept").iterdir()):
                if not path.name.startswith("frames") and chance.random() < 0.5:
                    path.unlink()
        case 1:
            shutil.rmtree(workshop / "site.spare", ignore_errors=True)
        case _:
            for path in list((workshop / "site.kept").iterdir()):
                if not path.name.startswith("frames") and chance.random() < 0.3:
                    path.write_bytes(path.read_bytes()[:-1])


def _accepted(project: Project, chance: random.Random) -> None:
    """What was found is known from now on, or is not any more."""
    known = project.source / "suppressions.toml"
    if known.exists():
        known.unlink()
    else:
        known.write_text(
            f'[[suppressions]]\nrule = "K201"\nproduct = "acme"\nreason = "{chance.random()}"\n', encoding="utf-8"
        )


EDITS: Final[tuple[Callable[[Project, random.Random], None], ...]] = (
    _row_changes,
    _row_changes,
    _row_comes,
    _row_goes,
    _site_file_goes,
    _site_file_is_written_to,
    _page_goes,
    _kept_goes,
    _accepted,
)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_the_site_is_what_a_build_from_nothing_makes(
    tmp_path: Path, project: Project, seed: int
) -> None:
    chance = random.Random(seed)
    own = Project(tmp_path)
    (own.work / ".codeglot" / "site.kept").mkdir(parents=True)
    for path in (project.work / ".codeglot" / "site.kept").glob("frames.*"):
        shutil.copy(path, own.work / ".codeglot" / "site.kept")
    own.build()
    for _ in range(6):
        for edit in chance.choices(EDITS, k=chance.randint(1, 3)):
            edit(own, chance)
        own.build()
        assert tree(own.work) == own.anew()


def test_what_goes_into_every_page_changes_every_page(tmp_path: Path) -> None:
    """Labels, the configuration, a page that people wrote."""
    own = Project(tmp_path)
    own.build()
    (own.source / "locale").mkdir()
    (own.source / "locale" / "en.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Solution"\nmsgstr "Remedy"\n',
        encoding="utf-8",
    )
    assert own.build().remade == ("acme", "other", "third")
    assert "Remedy" in (own.work / "site" / "en" / "acme" / "7" / "index.html").read_text(encoding="utf-8")
    assert tree(own.work) == own.anew()
    (own.source / "catalog.toml").write_text(f'{CATALOG}\n[site]\ntitle = {{ en = "Ours" }}\n', encoding="utf-8")
    own.build()
    assert "· Ours</title>" in (own.work / "site" / "en" / "acme" / "7" / "index.html").read_text(encoding="utf-8")
    assert tree(own.work) == own.anew()
    (own.work / "docs" / "en" / "guide.md").write_text("# A guide\n", encoding="utf-8")
    own.build()
    assert (own.work / "site" / "en" / "guide" / "index.html").is_file()
    assert f"<loc>{ADDRESS}en/guide/</loc>" in (own.work / "site" / "sitemap.xml").read_text("utf-8")
    assert tree(own.work) == own.anew()
    # A page that speaks of one that MkDocs sees only where it builds all of them.
    (own.work / "docs" / "en" / "guide.md").write_text("# A guide\n\n[Seven](acme/7.md)\n", encoding="utf-8")
    own.build()
    assert f"<loc>{ADDRESS}en/guide/</loc>" in (own.work / "site" / "sitemap.xml").read_text("utf-8")
    assert '<a href="../acme/7/">Seven</a>' in (own.work / "site" / "en" / "guide" / "index.html").read_text("utf-8")
    assert tree(own.work) == own.anew()


def test_another_version_believes_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what was made nor that nothing has changed."""
    project.build()
    before = tree(project.work)
    monkeypatch.setattr(kept, "version", lambda: b"another")
    again = project.build()
    assert again.changed
    assert again.remade == ("acme", "other", "third")
    assert tree(project.work) == before


def test_processes_side_by_side_make_what_one_makes(tmp_path: Path) -> None:
    """In a program of its own: where other threads run, as in some tests, no process is forked."""
    own = Project(tmp_path)
    found = []
    for jobs in ("1", "3"):
        work = tmp_path / jobs
        subprocess.run(
            [
                *(sys.executable, "-m", "generator", "build", "--quiet", "--source", str(own.source)),
                *("--docs", str(work / "docs"), "--site", str(work / "site")),
            ],
            env={**os.environ, "CODEGLOT_JOBS": jobs, "SITE_URL": ADDRESS},
            cwd=ROOT,
            check=True,
        )
        found.append(tree(work))
    assert found[0] == found[1]


def test_how_many_processes_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    for said in ("none", "0", "-1", "1000"):
        monkeypatch.setenv("CODEGLOT_JOBS", said)
        with pytest.raises(CodeglotError, match="no number of processes"):
            crew.jobs()
    monkeypatch.setenv("CODEGLOT_JOBS", "2")
    assert crew.jobs() == 2
