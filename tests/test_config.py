"""The declarations beside the documents: whatever is wrong is one error with the file, the line and the key."""

from pathlib import Path

import pytest

from generator import config
from generator.errors import CodeglotError
from generator.model import Column

CATALOG = """\
source_locale = "zh"
locales = ["zh", "en"]

[site]
title = { zh = "站" }
report_url = "https://example.org/?t={title}"

[[products]]
id = "tea"
title = { zh = "茶", en = "Tea" }
link_base = { zh = "https://example.org" }

[[products.editions]]
id = "new"
published = "2024-05"
dates = { en = "2023" }
documents = { zh = "new/zh.md", en = "new/en.md" }

[[products.editions]]
id = "old"
documents = { zh = "old/zh.md" }

[[products]]
id = "cup"
title = { zh = "杯" }

[[products.editions]]
id = "new"
documents = { zh = "cup.md" }

[columns.en]
solution = ["What to do"]
"""

ERRATA = """\
# reviewed
[[errata]]
product = "tea"
edition = "new"
locale = "en"
row = "A | 1"
code = "2"
reason = "So it is."
evidence = ["zh"]

[[errata]]
product = "tea"
edition = "old"
locale = "zh"
row = "B | 3 | text"
reason = "Because."
evidence = [
  "en",
  "new zh",
]

[errata.place]
solution = "text"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "docs"
    for name in ("new/zh.md", "new/en.md", "old/zh.md", "cup.md"):
        (found / name).parent.mkdir(parents=True, exist_ok=True)
        (found / name).write_text("# x\n", encoding="utf-8")
    (found / "catalog.toml").write_text(CATALOG, encoding="utf-8")
    (found / "errata.toml").write_text(ERRATA, encoding="utf-8")
    return found


def refused(folder: Path) -> CodeglotError:
    with pytest.raises(CodeglotError) as caught:
        config.load(folder)
    return caught.value


def test_what_is_declared_is_what_is_loaded(folder: Path) -> None:
    settings = config.load(folder)
    assert (settings.source_locale, settings.locales) == ("zh", ("zh", "en"))
    assert [(product.id, [edition.id for edition in product.editions]) for product in settings.products] == [
        ("tea", ["new", "old"]),
        ("cup", ["new"]),
    ]
    assert settings.columns == {"en": {Column.SOLUTION: ("What to do",)}}
    assert settings.site.title == {"zh": "站"}
    assert settings.root == str(folder.resolve())
    first, second = settings.errata
    assert (first.code, first.name, first.place, first.span and first.span.line) == ("2", None, (), 2)
    assert second.place == ((Column.SOLUTION, "text"),)
    assert second.span is not None
    assert (second.span.path, second.span.line) == ("errata.toml", 11)


def test_errata_are_not_needed(folder: Path) -> None:
    (folder / "errata.toml").unlink()
    assert config.load(folder).errata == ()


# Each: what is replaced in catalog.toml, by what; the line, the key and the beginning of the error.
WRONG = [
    ('source_locale = "zh"\n', "", 1, "the whole file", "the key 'source_locale' is missing"),
    ('source_locale = "zh"', 'source_locale = "ko"', 1, "source_locale", "unknown locale 'ko'"),
    ('source_locale = "zh"', "source_locale = 5", 1, "source_locale", "expected text, got int"),
    ('locales = ["zh", "en"]', "locales = []", 2, "locales", "no locale is declared"),
    ('locales = ["zh", "en"]', 'locales = "zh"', 2, "locales", "expected list, got text"),
    ('locales = ["zh", "en"]', 'locales = ["zh", 5]', 2, "locales[1]", "expected text, got int"),
    ('locales = ["zh", "en"]', 'locales = ["zh", "en", "ZH"]', 2, "locales", "locale 'ZH' is declared twice"),
    ('locales = ["zh", "en"]', 'locales = ["zh", "en us"]', 2, "locales", "'en us' is no language tag"),
    ('locales = ["zh", "en"]', 'locales = ["zh", "../en"]', 2, "locales", "'../en' is no language tag"),
    ('title = { zh = "站" }', 'title = { fr = "x" }', 5, "site.title.fr", "unknown locale 'fr'"),
    ('title = { zh = "站" }', "title = { zh = 1 }", 5, "site.title.zh", "expected text, got int"),
    ("report_url =", "reporturl =", 6, "site.reporturl", "unknown key 'reporturl'"),
    ("report_url =", '"" =', 6, "site.", "unknown key ''"),
    ("[site]", "[sight]", 4, "sight", "unknown key 'sight'"),
    ('id = "tea"\n', "", 8, "products[0]", "the key 'id' is missing"),
    ('id = "tea"', "id = true", 9, "products[0].id", "expected text, got bool"),
    ('id = "tea"', 'id = "Tea time"', 9, "products[0].id", "'Tea time' cannot stand in an address"),
    ('id = "tea"', 'id = ""', 9, "products[0].id", "'' cannot stand in an address"),
    ('id = "tea"', 'id = "rules"', 9, "products[0].id", "'rules' is an address the site itself uses"),
    ('id = "tea"', 'id = "en"', 9, "products[0].id", "'en' is an address the site itself uses"),
    ('id = "cup"', 'id = "tea"', 24, "products[1].id", "product 'tea' is declared twice"),
    ('en = "Tea" }', 'ko = "차" }', 10, "products[0].title.ko", "unknown locale 'ko'"),
    ('title = { zh = "杯" }', 'title = { en = "Cup" }', 25, "products[1].title", "the title in the source locale 'zh'"),
    ("link_base = { zh", "link_base = { fr", 11, "products[0].link_base.fr", "unknown locale 'fr'"),
    ("link_base =", "linkbase =", 11, "products[0].linkbase", "unknown key 'linkbase'"),
    ('id = "new"\npub', 'id = "a/b"\npub', 14, "products[0].editions[0].id", "'a/b' cannot stand in an address"),
    ('id = "old"', 'id = "new"', 20, "products[0].editions[1].id", "edition 'new' is declared twice"),
    ('"2024-05"', '"May 2024"', 15, "products[0].editions[0].published", "'May 2024' is no date"),
    ('"2024-05"', '"2024-13"', 15, "products[0].editions[0].published", "'2024-13' is no date"),
    ('"2024-05"', "2024-05-01", 15, "products[0].editions[0].published", "expected text, got date"),
    ('en = "2023"', 'en = "then"', 16, "products[0].editions[0].dates", "'then' is no date"),
    ('en = "2023"', 'fr = "2023"', 16, "products[0].editions[0].dates.fr", "unknown locale 'fr'"),
    (', en = "new/en.md" }', " }", 16, "products[0].editions[0].dates.en", "there is no document in 'en' to date"),
    ('{ zh = "old/zh.md" }', '{ fr = "x.md" }', 21, "products[0].editions[1].documents.fr", "unknown locale 'fr'"),
    ('en = "new/en.md"', "en = 3", 17, "products[0].editions[0].documents.en", "expected text, got int"),
    (
        'documents = { zh = "old',
        'document = { zh = "old',
        21,
        "products[0].editions[1].document",
        "unknown key 'document'",
    ),
    ('documents = { zh = "old/zh.md" }\n', "", 19, "products[0].editions[1]", "the key 'documents' is missing"),
    ('{ zh = "old/zh.md" }', "{}", 21, "products[0].editions[1].documents", "no document is declared"),
    ('"old/zh.md"', '"old/ko.md"', 21, "products[0].editions[1].documents.zh", "the document old/ko.md does not exist"),
    ('"old/zh.md"', '"old"', 21, "products[0].editions[1].documents.zh", "the document old is no file"),
    ('"old/zh.md"', '"old/../cup.md"', 21, "products[0].editions[1].documents.zh", "'old/../cup.md' leads out of"),
    ('"old/zh.md"', '"/etc/hosts"', 21, "products[0].editions[1].documents.zh", "'/etc/hosts' leads out of"),
    ('"old/zh.md"', "'old\\zh.md'", 21, "products[0].editions[1].documents.zh", "'old\\\\zh.md' leads out of"),
    ('"old/zh.md"', '""', 21, "products[0].editions[1].documents.zh", "'' leads out of"),
    (
        '"old/zh.md"',
        f'"{"x" * 300}"',
        21,
        "products[0].editions[1].documents.zh",
        f"the document {'x' * 300} cannot be read: ",
    ),
    ("[columns.en]", "[columns.fr]", 31, "columns.fr", "unknown locale 'fr'"),
    ("solution = [", "remedy = [", 32, "columns.en.remedy", "unknown word 'remedy'"),
    ('["What to do"]', '"What to do"', 32, "columns.en.solution", "expected list, got text"),
    ('["What to do"]', "[1]", 32, "columns.en.solution[0]", "expected text, got int"),
]


@pytest.mark.parametrize(("old", "new", "line", "key", "message"), WRONG, ids=[f"{one[3]}: {one[4]}" for one in WRONG])
def test_a_wrong_key_is_named_with_its_line(
    folder: Path, old: str, new: str, line: int, key: str, message: str
) -> None:
    assert CATALOG.count(old) == 1
    (folder / "catalog.toml").write_text(CATALOG.replace(old, new), encoding="utf-8")
    error = refused(folder)
    assert error.path == str(folder / "catalog.toml")
    assert (error.line, error.message.startswith(message)) == (line, True), str(error)
    assert error.message.endswith(f"(key {key})")
    assert str(error).startswith(f"{folder / 'catalog.toml'}:{line}: {message}")


def test_a_catalog_without_products_or_editions(folder: Path) -> None:
    (folder / "catalog.toml").write_text('source_locale = "zh"\nlocales = ["zh"]\nproducts = []\n', encoding="utf-8")
    error = refused(folder)
    assert (error.line, error.message) == (3, "no product is declared (key products)")
    text = 'source_locale = "zh"\nlocales = ["zh"]\n[[products]]\nid = "a"\ntitle = { zh = "a" }\neditions = []\n'
    (folder / "catalog.toml").write_text(text, encoding="utf-8")
    error = refused(folder)
    assert (error.line, error.message) == (6, "no edition is declared (key products[0].editions)")


def test_keys_are_found_however_the_tables_are_written(folder: Path) -> None:
    text = CATALOG.replace('documents = { zh = "cup.md" }', '[products.editions."documents"] # here\n"zh" = "mug.md"')
    (folder / "catalog.toml").write_bytes(text.replace("\n", "\r\n").encode())
    error = refused(folder)
    assert (error.line, error.message) == (
        30,
        "the document mug.md does not exist (key products[1].editions[0].documents.zh)",
    )


def test_a_document_behind_a_link_that_leads_out_is_refused(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("# x\n", encoding="utf-8")
    (folder / "old" / "zh.md").unlink()
    (folder / "old" / "zh.md").symlink_to(outside)
    error = refused(folder)
    assert (error.line, error.message) == (
        21,
        f"old/zh.md is a link that leads out of {folder} (key products[0].editions[1].documents.zh)",
    )


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b'a = "1"\nb = "\xe9"\n', ":2", "is not UTF-8"),
        (b"a = 1\n\nb = = 2\n", ":3:5", "is no valid TOML: "),
        (b"a = 1\na = 2\n", ":2:6", "is no valid TOML: "),
        (b"a = 1\nb = [1,\n", ":2", "is no valid TOML: "),
        (b"a = 1\nb" + b" . c" * 100_000 + b" = 1", ":2", "a key has too many parts"),
        (b"a = {b" + b'."c"' * 100_000 + b" = 1}", ":1", "a key has too many parts"),
        (b"a = " + b"[" * 100_000, "", "is no TOML that can be read: a value is too long or nested too deep"),
        (b"a = " + b"1" * 10_000, "", "is no TOML that can be read: a value is too long or nested too deep"),
    ],
    ids=["not-utf-8", "no-value", "twice", "unclosed", "dotted", "dotted-inside", "too-deep", "too-long"],
)
@pytest.mark.parametrize("name", ["catalog.toml", "errata.toml"])
def test_a_file_that_cannot_be_read_is_named(folder: Path, name: str, data: bytes, place: str, message: str) -> None:
    (folder / name).write_bytes(data)
    assert str(refused(folder)).split("\n")[0].startswith(f"{folder / name}{place}: {message}")


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    (folder / "catalog.toml").write_bytes(b"\xef\xbb\xbf" + CATALOG.encode())
    assert config.load(folder).source_locale == "zh"


def test_a_folder_without_a_catalog(tmp_path: Path) -> None:
    assert refused(tmp_path / "none").message == f"the source folder {tmp_path / 'none'} does not exist"
    (tmp_path / "file").write_text("")
    assert refused(tmp_path / "file").message == f"the source folder {tmp_path / 'file'} is no folder"
    assert "cannot be read: " in refused(tmp_path / ("x" * 300)).message
    error = refused(tmp_path)
    assert error.message == f"the source folder {tmp_path} has no catalog.toml"
    assert "every folder of sources declares its documents there" in error.hint


def test_errata_behind_a_broken_link_are_not_passed_over(folder: Path) -> None:
    (folder / "errata.toml").unlink()
    (folder / "errata.toml").symlink_to("nowhere.toml")
    assert str(refused(folder)).startswith(f"{folder / 'errata.toml'}: cannot be read: ")


def test_a_folder_in_place_of_the_errata(folder: Path) -> None:
    (folder / "errata.toml").unlink()
    (folder / "errata.toml").mkdir()
    error = refused(folder)
    assert str(error) == f"{folder / 'errata.toml'}: cannot be read: Is a directory"


WRONG_ERRATA = [
    ('product = "tea"\nedition = "new"', 'edition = "new"', 2, "errata[0]", "the key 'product' is missing"),
    (
        'product = "tea"\nedition = "new"',
        'product = "pot"\nedition = "new"',
        2,
        "errata[0]",
        "there is no document for pot",
    ),
    ('edition = "old"', 'edition = "older"', 11, "errata[1]", "there is no document for tea older zh"),
    ('locale = "en"', 'locale = "ko"', 2, "errata[0]", "there is no document for tea new ko"),
    ('locale = "zh"', 'locale = "en"', 11, "errata[1]", "there is no document for tea old en"),
    ('code = "2"\n', "", 2, "errata[0]", "the erratum corrects nothing"),
    ('code = "2"', "code = 2", 7, "errata[0].code", "expected text | null, got int"),
    ('code = "2"', 'coed = "2"', 7, "errata[0].coed", "unknown key 'coed'"),
    ('row = "A | 1"', 'row = " "', 6, "errata[0].row", "row is empty"),
    ('reason = "Because."', 'reason = ""', 16, "errata[1].reason", "reason is empty"),
    ('evidence = ["zh"]', "evidence = []", 9, "errata[0].evidence", "no evidence is given"),
    ('evidence = ["zh"]', 'evidence = "zh"', 9, "errata[0].evidence", "expected list, got text"),
    ('"new zh"', "3", 17, "errata[1].evidence[1]", "expected text, got int"),
    ("solution =", "remedy =", 23, "errata[1].place.remedy", "unknown word 'remedy'"),
    ('solution = "text"', "solution = 1", 23, "errata[1].place.solution", "expected text, got int"),
    ("# reviewed", "[erratum]", 1, "erratum", "unknown key 'erratum'"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "message"), WRONG_ERRATA, ids=[f"{one[3]}: {one[4]}" for one in WRONG_ERRATA]
)
def test_a_wrong_erratum_is_named_with_its_line(
    folder: Path, old: str, new: str, line: int, key: str, message: str
) -> None:
    assert ERRATA.count(old) == 1
    (folder / "errata.toml").write_text(ERRATA.replace(old, new), encoding="utf-8")
    error = refused(folder)
    assert error.path == str(folder / "errata.toml")
    assert (error.line, error.message.startswith(message)) == (line, True), str(error)
    assert error.message.endswith(f"(key {key})")


def test_every_erratum_error_that_can_be_mended_says_how(folder: Path) -> None:
    (folder / "errata.toml").write_text(ERRATA.replace('code = "2"\n', ""), encoding="utf-8")
    assert str(refused(folder)).endswith("\n  hint: give code, name or place")


def test_the_repositorys_own_declarations_are_in_order() -> None:
    settings = config.load(Path(__file__).parent.parent / "source_docs")
    assert [product.id for product in settings.products] == ["gme", "ilvb"]
