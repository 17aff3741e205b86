"""Pages filled into shells are what MkDocs makes of the same pages, byte for byte; where they would not be, it builds all."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import layout, pipeline, site
from generator.pipeline import Prepared
from generator.site import shell, shells

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://codes.example/sub/"

CATALOG = """source_locale = "zh"
locales = ["zh", "en"]

[[products]]
id = "acme"
title = { zh = "产品 <b> & \\"x\\"", en = "Acme <b> & \\"x\\"" }

[[products.editions]]
id = "current"
documents = { zh = "zh.md", en = "en.md" }
"""
DOCUMENTS = {
    "zh.md": "| 名称 | 错误码 | 含义 |\n|---|---|---|\n| A_B | 1 | 一 `x` <i>&amp;</i> {{ x }} |\n| C | 0x2 | 二 |\n",
    "en.md": "| Name | Code | Description |\n|---|---|---|\n| A_B | 1 | One & \\| \"two\" 'three' </title> |\n| D | 3 | 3 |\n",
}

Twice = Callable[[Prepared, Path], tuple[dict[str, bytes], dict[str, bytes]]]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def prepared(source: Path, work: Path) -> tuple[Prepared, layout.Layout]:
    """The pages of ``source``, written into ``work``."""
    folders = layout.find(source, docs=work / "docs", site=work / "site")
    return pipeline.prepare(folders, ADDRESS), folders


def build(made: Prepared, folders: layout.Layout, out: Path, templates: Path, *, shelled: bool) -> dict[str, bytes]:
    """The site of ``made`` with or without shells."""
    site.build(
        made.spec,
        out,
        pages=made.bodies if shelled else (),
        write=made.file,
        docs=folders.docs,
        templates=templates,
        config=folders.mkdocs,
        render=made.render,
        links=made.links,
        files=made.files,
        site_url=ADDRESS,
    )
    return tree(out)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A catalog with awkward words, a code that only one locale has and another that only the other has."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "catalog.toml").write_text(CATALOG, encoding="utf-8")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_all_pages_of_the_originals_are_what_mkdocs_makes_of_them(tmp_path: Path) -> None:
    """Every page of the real site, built by MkDocs alone and by shells."""
    made, folders = prepared(ROOT / layout.SOURCE, tmp_path)
    whole = build(made, folders, tmp_path / "whole", folders.templates, shelled=False)
    filled = build(made, folders, tmp_path / "filled", folders.templates, shelled=True)
    assert sorted(whole) == sorted(filled)
    assert [path for path in whole if whole[path] != filled[path]] == []
    assert sum(path.endswith("index.html") for path in filled) > len(made.bodies) > 800


def test_a_page_that_people_wrote_may_speak_of_generated_ones(small: Path, tmp_path: Path) -> None:
    """Its link to a page that MkDocs does not see needs no shell, but all pages."""
    made, folders = prepared(small, tmp_path)
    (folders.docs / "en" / "guide.md").write_text("# Guide\n\n[One](acme/1.md)\n", encoding="utf-8")
    whole = build(made, folders, tmp_path / "whole", folders.templates, shelled=False)
    filled = build(made, folders, tmp_path / "filled", folders.templates, shelled=True)
    assert filled == whole
    assert b'<a href="../acme/1/">One</a>' in filled["en/guide/index.html"]


def test_a_page_that_people_wrote_stands_beside_filled_ones(small: Path, tmp_path: Path) -> None:
    made, folders = prepared(small, tmp_path)
    (folders.docs / "en" / "guide.md").write_text("# Guide\n\nWords.\n", encoding="utf-8")
    (folders.docs / "en" / "picture.svg").write_text("<svg/>", encoding="utf-8")
    filled = build(made, folders, tmp_path / "filled", folders.templates, shelled=True)
    assert filled == build(made, folders, tmp_path / "whole", folders.templates, shelled=False)
    assert {"en/guide/index.html", "en/picture.svg", "en/acme/3/index.html"} <= filled.keys()


def test_a_theme_that_looks_into_values_has_mkdocs_build_all(small: Path, tmp_path: Path) -> None:
    """A theme that does more with a title than to print it cannot be filled in, and is not."""
    made, folders = prepared(small, tmp_path)
    templates = tmp_path / "templates"
    shutil.copytree(folders.templates, templates)
    main = templates / "theme" / "main.html"
    text = main.read_text(encoding="utf-8")
    assert text.count('<meta name="twitter:card"') == 1
    main.write_text(
        text.replace(
            '<meta name="twitter:card"', '<meta name="long" content="{{ title | length }}"><meta name="twitter:card"'
        ),
        encoding="utf-8",
    )
    whole = build(made, folders, tmp_path / "whole", templates, shelled=False)
    filled = build(made, folders, tmp_path / "filled", templates, shelled=True)
    assert filled == whole
    assert not any(path.startswith(shell.FOLDER) for path in filled)


def test_what_a_shell_leaves_behind(small: Path, tmp_path: Path) -> None:
    """No specimen, no probe and no mark is on the site."""
    made, folders = prepared(small, tmp_path)
    filled = build(made, folders, tmp_path / "filled", folders.templates, shelled=True)
    assert not any(shell.FOLDER in path for path in filled)
    assert not any(b"cgmark" in data or shell.FOLDER.encode() in data for data in filled.values())


def test_pages_of_the_navigation_have_a_shell_to_themselves(small: Path, tmp_path: Path) -> None:
    made, _ = prepared(small, tmp_path)
    casts = shells.casts((page for page, _ in made.bodies), made.spec)
    alone = {(cast.kind.locale, cast.kind.alone) for cast in casts if cast.kind.alone is not None}
    assert {path for locale, path in alone if locale == "en"} == {"", "acme/", "discrepancies/", "rules/"}
    assert all(cast.probe is None for cast in casts if cast.kind.alone is not None)
    assert all(cast.probe is not None for cast in casts if cast.kind.alone is None)


@pytest.mark.parametrize(("count", "linked"), [(12, 12), (13, 0)])
def test_the_foot_of_a_page_links_to_a_dozen_products_and_to_more_only_by_the_home_page(
    tmp_path: Path, count: int, linked: int
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    declared = [
        f'[[products]]\nid = "p{number}"\ntitle = {{ en = "Product {number}" }}\n'
        f'[[products.editions]]\nid = "1"\ndocuments = {{ en = "p{number}.md" }}\n'
        for number in range(count)
    ]
    head = 'source_locale = "en"\nlocales = ["en"]\n'
    (source / "catalog.toml").write_text(head + "".join(declared), encoding="utf-8")
    for number in range(count):
        text = f"| Name | Code | Meaning |\n|---|---|---|\n| A{number}_B | {7000 + number} | It broke. |\n"
        (source / f"p{number}.md").write_text(text, encoding="utf-8")
    made, folders = prepared(source, tmp_path)
    filled = build(made, folders, tmp_path / "filled", folders.templates, shelled=True)
    assert filled == build(made, folders, tmp_path / "whole", folders.templates, shelled=False)

    feet = re.findall(r"<nav class=\"cg-footer__links\".*?</nav>", filled["p3/7003/index.html"].decode(), re.DOTALL)
    assert [len(re.findall(r">Product \d+<", foot)) for foot in feet] == [linked]
    assert all(f'href="p{number}/"' in filled["index.html"].decode() for number in range(count))
