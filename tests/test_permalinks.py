"""A published address never dies: the list, the build that will not lose one, redirects and tombstones."""

import json
from pathlib import Path

import pytest

from generator import cli, layout, permalinks, pipeline
from generator.errors import CodeglotError
from generator.model import Locale
from generator.permalinks import Permalinks
from tests.conftest import SOURCE_DOCS

CATALOG = """\
source_locale = "en"
locales = ["en", "fr"]

[[products]]
id = "acme"
title = { en = "Acme", fr = "Acmé" }

[[products.editions]]
id = "current"
documents = { en = "en.md", fr = "fr.md" }
"""
ENGLISH = """\
## Errors

| Name | Code | Description |
|---|---|---|
| ACME_LOST | 17 | The link is lost. |
| ACME_FULL | 18 | The disk is full. |
"""
FRENCH = ENGLISH.replace("The link is lost.", "La liaison est perdue.").replace("The disk is full.", "Disque plein.")
ROW = "| ACME_FULL | 18 |"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two codes in two languages, all their addresses published."""
    for name, text in (("catalog.toml", CATALOG), ("en.md", ENGLISH), ("fr.md", FRENCH)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert cli.main(["permalinks", "--source", str(tmp_path), "--update"]) == 0
    return tmp_path


def drop_18(folder: Path) -> None:
    """A new edition of the documents that leaves 18 out."""
    for name in ("en.md", "fr.md"):
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        (folder / name).write_text("\n".join(line for line in lines if not line.startswith(ROW)), encoding="utf-8")


def declare(folder: Path, text: str) -> None:
    (folder / permalinks.REDIRECTS_FILE).write_text(text, encoding="utf-8")


def prepare(folder: Path) -> pipeline.Prepared:
    return pipeline.prepare(layout.find(folder, folder / "docs", folder / "site"))


def line_of(path: Path, text: str) -> int:
    return next(i for i, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1) if text in line)


TOMBSTONE = """\
[[tombstones]]
product = "acme"
code = "0x12"
name = "ACME_FULL"
text = { en = "The disk is full.", fr = "Disque plein." }
replaced_by = 17
reason = "Disks are never full any more."
"""
REDIRECT = """\
[[redirects]]
from = "acme/18/"
to = "acme/17/"
reason = "One code for both."

[[redirects]]
from = "e/acme_full/"
to = "e/acme_lost/"
reason = "One name for both."
"""


def test_the_list_has_one_address_a_line_in_order(folder: Path) -> None:
    text = (folder / "permalinks.json").read_text(encoding="utf-8")
    listed = json.loads(text)
    assert listed["locales"] == {"en": "", "fr": "fr/"}
    assert listed["neutral"] == sorted(
        f"e/{one}/"
        for number, hexadecimal, name in (("17", "0x11", "acme_lost"), ("18", "0x12", "acme_full"))
        for one in (number, hexadecimal, name, f"acme/{number}", f"acme/{hexadecimal}")
    )
    assert {"", "acme/", "acme/17/", "acme/18/", "acme/sections/17/", "search/", "rules/", "rules/K204/"} <= set(
        listed["pages"]
    )
    assert listed["pages"] == sorted(listed["pages"])
    lines = [line.strip().rstrip(",") for line in text.splitlines()]
    assert [line for line in lines if line.startswith('"acme/')] == [
        f'"{one}"' for one in listed["pages"] if "acme" in one
    ]


def test_a_build_that_would_lose_an_address_fails_before_it_writes(folder: Path) -> None:
    drop_18(folder)
    with pytest.raises(CodeglotError) as caught:
        prepare(folder)
    error, listed = caught.value, folder / "permalinks.json"
    assert "6 published addresses" in error.message
    assert error.path == str(listed)
    assert error.line == line_of(listed, '"e/0x12/"')
    assert f"line {line_of(listed, 'acme/18/')}: e/acme/18/ (no code is spelled so any more)" in error.message
    assert "acme/18/ (no document lists this code any more)" in error.message
    assert "e/acme_full/ (no code has, had or is meant to have this name any more)" in error.message
    assert "redirects.toml" in error.hint
    assert not (folder / "docs").exists()


def test_of_many_lost_addresses_the_first_ten_are_named(folder: Path) -> None:
    listed = permalinks.read(folder / "permalinks.json")
    more = Permalinks(
        listed.locales, listed.neutral, (*listed.pages, *(f"acme/{number}/" for number in range(100, 125)))
    )
    (folder / "permalinks.json").write_text(permalinks.text(more), encoding="utf-8")
    with pytest.raises(CodeglotError, match=r"25 published addresses") as caught:
        prepare(folder)
    assert caught.value.message.count("\n  line ") == 10
    assert "and 15 more" in caught.value.message


def test_a_locale_keeps_its_prefix(folder: Path) -> None:
    catalog = folder / "catalog.toml"
    catalog.write_text(CATALOG.replace('source_locale = "en"', 'source_locale = "fr"'), encoding="utf-8")
    with pytest.raises(CodeglotError, match=r"fr/ \(the locale fr would lie at /, for the source locale is another\)"):
        prepare(folder)
    only = CATALOG.replace(', "fr"]', "]").replace(', fr = "Acmé"', "").replace(', fr = "fr.md"', "")
    catalog.write_text(only, encoding="utf-8")
    with pytest.raises(CodeglotError, match=r"fr/ \(the locale fr is declared no more\)"):
        prepare(folder)


def test_without_a_list_nothing_is_promised(folder: Path) -> None:
    (folder / "permalinks.json").unlink()
    drop_18(folder)
    assert prepare(folder).unlisted is None


def test_the_command_compares_and_only_ever_adds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = permalinks.read(folder / "permalinks.json")
    drop_18(folder)
    for name in ("en.md", "fr.md"):
        with (folder / name).open("a", encoding="utf-8") as stream:
            stream.write("\n| ACME_HOT | 19 | x |\n")
    capsys.readouterr()
    assert cli.main(["permalinks", "--source", str(folder)]) == 1
    said = capsys.readouterr().out
    assert "+ acme/19/\n" in said
    assert "- acme/18/ (no document lists this code any more)\n" in said
    assert said.endswith("6 new, 6 lost\n")
    assert permalinks.read(folder / "permalinks.json") == before
    assert cli.main(["permalinks", "--source", str(folder), "--update"]) == 1
    after = permalinks.read(folder / "permalinks.json")
    assert {*after.pages} == {*before.pages, "acme/19/"}
    assert {*after.neutral} > {*before.neutral}
    assert "e/acme_hot/" in after.neutral
    # Nothing new: not a byte changes.
    same = (folder / "permalinks.json").read_bytes()
    assert cli.main(["permalinks", "--source", str(folder), "--update"]) == 1
    assert (folder / "permalinks.json").read_bytes() == same


def test_no_update_takes_an_address_or_a_prefix_away() -> None:
    listed = Permalinks({Locale("en"): "", Locale("fr"): "fr/"}, ("e/1/",), ("acme/1/",))
    offered = Permalinks({Locale("en"): "en/", Locale("ko"): ""}, ("e/0/",), ("acme/0/",))
    joined = permalinks.joined(listed, offered)
    assert joined.locales == {"en": "", "fr": "fr/", "ko": ""}
    assert (joined.neutral, joined.pages) == (("e/0/", "e/1/"), ("acme/0/", "acme/1/"))


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ('{\n "locales": {},\n<<<<<<< HEAD\n', "is no valid JSON", 3),
        ("[]", "is no list of permalinks", 0),
        ('{"locales": {}, "neutral": [], "pages": [7]}', "is no list of permalinks", 0),
        ('{"locales": {}, "neutral": [], "pages": ["a/"], "pages": []}', "`pages` twice", 0),
    ],
)
def test_a_broken_list_is_an_error_with_its_place(folder: Path, text: str, said: str, line: int) -> None:
    (folder / "permalinks.json").write_text(text, encoding="utf-8")
    with pytest.raises(CodeglotError, match=said) as caught:
        prepare(folder)
    assert (caught.value.path, caught.value.line) == (str(folder / "permalinks.json"), line)


def test_a_tombstone_keeps_a_codes_page_in_all_locales(folder: Path) -> None:
    drop_18(folder)
    declare(folder, TOMBSTONE)
    prepared = prepare(folder)
    assert prepared.unlisted == 0
    for locale, words in (("en", "The disk is full."), ("fr", "Disque plein.")):
        page = (folder / "docs" / locale / "acme" / "18.md").read_text(encoding="utf-8")
        assert words in page
        assert 'data-note="retired"' in page
        assert "Disks are never full any more." in page
        assert 'href="../17/">17 ACME_LOST</a>' in page
    targets = {link.path: [target.path for target in link.targets] for link in prepared.links}
    for link in ("e/18/", "e/0x12/", "e/acme/18/", "e/acme_full/"):
        assert targets[link] == ["acme/18/"]


def test_a_tombstone_without_a_text_in_a_locale_shows_another(folder: Path) -> None:
    drop_18(folder)
    declare(folder, TOMBSTONE.replace(', fr = "Disque plein."', ""))
    prepare(folder)
    page = (folder / "docs" / "fr" / "acme" / "18.md").read_text(encoding="utf-8")
    assert 'text_locale: "en"' in page
    assert 'lang="en"' in page


def test_a_redirect_takes_the_links_by_number_along(folder: Path) -> None:
    drop_18(folder)
    declare(folder, REDIRECT)
    prepared = prepare(folder)
    assert [(moved.path, moved.to) for moved in prepared.spec.moved] == [("acme/18/", "acme/17/")]
    targets = {link.path: [target.path for target in link.targets] for link in prepared.links}
    for link in ("e/18/", "e/0x12/", "e/acme/18/", "e/acme/0x12/", "e/acme_full/"):
        assert targets[link] == ["acme/17/"]


def test_redirects_lead_straight_to_where_the_last_one_leads(folder: Path) -> None:
    drop_18(folder)
    more = '[[redirects]]\nfrom = "acme/3/"\nto = "acme/18/"\nreason = "Older still."\n'
    declare(folder, more + REDIRECT)
    assert [(moved.path, moved.to) for moved in prepare(folder).spec.moved] == [
        ("acme/18/", "acme/17/"),
        ("acme/3/", "acme/17/"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said", "at"),
    [
        ('to = "acme/17/"', 'to = "acme/16/"', "acme/16/ is no page of this site", 1),
        ('to = "acme/17/"', 'to = "acme/18/"', "acme/18/ → acme/18/", 1),
        ('from = "acme/18/"', 'from = "acme/17/"', "acme/17/ is a page of this site", 1),
        ('from = "acme/18/"', 'from = "ACME/17/"', "acme/17/ is a page of this site", 1),
        ('from = "e/acme_full/"', 'from = "e/17/"', "e/17/ is a page of this site", 6),
        ('from = "acme/18/"', 'from = "fr/acme/18/"', "names a locale", 2),
        ('from = "acme/18/"', 'from = "../18/"', "is no address of this site", 2),
        ('to = "acme/17/"', 'to = "https://evil.example/"', "is no address of this site", 3),
        ('to = "acme/17/"', 'to = "//evil.example/"', "is no address of this site", 3),
        ('from = "e/acme_full/"', 'from = "acme/18/"', "redirected twice", 7),
        ('from = "acme/18/"', 'from = "assets/x/"', "a file of the site", 2),
        ('reason = "One code for both."', 'reason = " "', "reason is empty", 4),
        ('reason = "One code for both."', "", "'reason' is missing", 1),
        ('reason = "One code for both."', 'reason = "x"\nwhy = 1', "unknown key 'why'", 5),
    ],
)
def test_a_wrong_redirect_is_an_error_with_its_line(folder: Path, old: str, new: str, said: str, at: int) -> None:
    drop_18(folder)
    assert old in REDIRECT
    declare(folder, REDIRECT.replace(old, new))
    with pytest.raises(CodeglotError) as caught:
        prepare(folder)
    assert said in caught.value.message
    assert (caught.value.path, caught.value.line) == (str(folder / "redirects.toml"), at)


def test_redirects_in_a_circle_are_an_error(folder: Path) -> None:
    drop_18(folder)
    back = '[[redirects]]\nfrom = "acme/3/"\nto = "acme/18/"\nreason = "x"\n'
    declare(folder, back + REDIRECT.replace('to = "acme/17/"', 'to = "acme/3/"'))
    with pytest.raises(CodeglotError, match="in a circle: acme/3/ → acme/18/ → acme/3/"):
        prepare(folder)


@pytest.mark.parametrize(
    ("old", "new", "said", "at"),
    [
        ('code = "0x12"', 'code = "17"', "acme/17/ is the page of a listed code", 1),
        ('code = "0x12"', 'code = "1 8"', "is no code", 3),
        ('product = "acme"', 'product = "other"', "unknown product 'other'", 2),
        ("replaced_by = 17", "replaced_by = 16", "there is no code acme/16", 1),
        ("replaced_by = 17", "replaced_by = 18", "there is no code acme/18", 1),
        ("replaced_by = 17", 'replaced_by = "other/17"', "there is no code other/17", 1),
        ('fr = "Disque plein."', 'ko = "x"', "unknown locale 'ko'", 5),
        ('{ en = "The disk is full.", fr = "Disque plein." }', "{}", "no text is given", 5),
        ('reason = "Disks are never full any more."', 'reason = ""', "reason is empty", 7),
    ],
)
def test_a_wrong_tombstone_is_an_error_with_its_line(folder: Path, old: str, new: str, said: str, at: int) -> None:
    drop_18(folder)
    assert old in TOMBSTONE
    declare(folder, TOMBSTONE.replace(old, new))
    with pytest.raises(CodeglotError) as caught:
        prepare(folder)
    assert said in caught.value.message
    assert (caught.value.path, caught.value.line) == (str(folder / "redirects.toml"), at)


RETIRED = """
[[products.editions]]
id = "old"
documents = { en = "old.md" }

[[products.retired]]
codes = [18]
reason = "Gone."
replaced_by = "0x11"
"""


def test_a_retired_code_says_what_replaced_it(folder: Path) -> None:
    (folder / "old.md").write_text(ENGLISH, encoding="utf-8")
    drop_18(folder)
    (folder / "catalog.toml").write_text(CATALOG + RETIRED, encoding="utf-8")
    assert prepare(folder).unlisted == 0
    for locale in ("en", "fr"):
        page = (folder / "docs" / locale / "acme" / "18.md").read_text(encoding="utf-8")
        assert 'href="../17/">17 ACME_LOST</a>' in page
    for other, said in (("16", "there is no code acme/16"), ("18", "acme/18 cannot replace itself")):
        (folder / "catalog.toml").write_text(CATALOG + RETIRED.replace('"0x11"', other), encoding="utf-8")
        with pytest.raises(CodeglotError, match=said) as caught:
            prepare(folder)
        assert caught.value.line == line_of(folder / "catalog.toml", "[[products.retired]]")


def test_the_list_of_the_originals_is_current() -> None:
    planned = pipeline.plan(layout.find(SOURCE_DOCS)).addresses
    assert planned.listed
    assert permalinks.lost(planned.listed, planned.offered) == ()
    assert permalinks.unlisted(planned.listed, planned.offered) == (), "codeglot permalinks --update adds them"
    text = (SOURCE_DOCS / permalinks.PERMALINKS_FILE).read_text(encoding="utf-8")
    assert text == permalinks.text(planned.listed)
