"""A site is made in parts, on machines that know nothing of each other, and joined: byte for byte what one build makes."""

import hashlib
import json
import random
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from generator import cli, kept, making
from generator.errors import CodeglotError
from generator.making import parting, selection
from generator.model import Locale, ProductId
from generator.render import Renderer
from tests.test_making import ADDRESS, Project, tree

ENOUGH: Final = ("product=acme,locale=zh", "product=acme,locale=en", "product=other,product=third")


class Machines(Project):
    """A project whose parts are made each in a folder of its own, as on a machine that has only the sources."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.used = 0

    def fresh(self, *, frames: bool = True) -> Path:
        """A folder with nothing in it but, to save the time, what MkDocs has made."""
        self.used += 1
        work = self.root / f"machine-{self.used}"
        known = work / ".codeglot" / "site.kept"
        known.mkdir(parents=True)
        for path in (self.work / ".codeglot" / "site.kept").glob("frames.*") if frames else ():
            shutil.copy(path, known)
        for page in (self.work / "docs").rglob("guide.md"):
            (work / "docs" / page.relative_to(self.work / "docs")).parent.mkdir(parents=True)
            shutil.copy(page, work / "docs" / page.relative_to(self.work / "docs"))
        return work

    def part(self, selected: str, address: str = ADDRESS) -> Path:
        """A part, of which nothing but the file is left."""
        work = self.fresh()
        made = making.build_part(self.layout(work), selected, site_url=address)
        left = [path for path in work.rglob("*") if path.is_file() and ".codeglot" not in path.parts]
        assert [path for path in left if path.name != "guide.md"] == [Path(made.path)]
        place = self.root / f"{self.used}.part"
        Path(made.path).rename(place)
        shutil.rmtree(work)
        return place

    def joined(self, parts: Sequence[Path], work: Path | None = None, address: str = ADDRESS) -> dict[str, bytes]:
        """The site of parts, by default where nothing was before."""
        place = work or self.fresh(frames=False)
        making.build(self.layout(place), address, parts=parts)
        found = tree(place)
        if work is None:
            shutil.rmtree(place)
        return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Machines:
    """A project that was built once, all of it."""
    made = Machines(tmp_path_factory.mktemp("parts"))
    made.build()
    return made


@pytest.fixture(scope="module")
def parts(project: Machines) -> list[Path]:
    """Parts that make up the site, one product of them in two."""
    return [project.part(selected) for selected in ENOUGH]


@pytest.mark.parametrize(
    "selections",
    [
        ("product=acme", "product=other", "product=third"),
        ("locale=zh", "locale=en"),
        ENOUGH,
        ("locale=en", "product=acme,product=other", "product=third,locale=zh,locale=en", "locale=zh,product=acme"),
    ],
    ids=("by product", "by locale", "by both", "overlapping"),
)
def test_parts_joined_are_the_site_of_one_build(project: Machines, selections: tuple[str, ...]) -> None:
    """In whatever order they are named."""
    made = [project.part(selected) for selected in selections]
    random.Random(1).shuffle(made)
    assert project.joined(made) == tree(project.work)


def test_parts_are_joined_over_a_site_that_stands(tmp_path: Path, project: Machines) -> None:
    """Of older documents; what a later build keeps and makes is right, too."""
    own = Machines(tmp_path)
    shutil.copytree(project.work / ".codeglot", own.work / ".codeglot")
    own.build()
    rows = own.rows("acme", "en")
    own.write("acme", "en", [rows[0], own.row(8, "en", " twice"), *rows[2:]])
    made = [own.part(selected) for selected in ENOUGH]
    assert own.joined(made, own.work) == own.anew()
    assert not own.build().changed
    own.write("acme", "en", rows)
    assert own.build().remade == ("acme",)
    assert tree(own.work) == own.anew()


def test_a_part_is_the_same_whoever_makes_it(project: Machines) -> None:
    first, second = (project.part("product=acme,locale=en").read_bytes() for _ in range(2))
    assert first == second


def test_what_parts_hold_is_not_made_again(
    project: Machines, parts: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither documents, nor what rules find, nor frames, nor pages of products."""
    monkeypatch.setenv("CODEGLOT_JOBS", "1")
    rendered: list[str] = []
    body = Renderer.body

    def noted(self: Renderer, page: Any) -> str:
        rendered.append(page.path)
        return body(self, page)

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Renderer, "body", noted)
    monkeypatch.setattr("generator.making.checking.parse", never)
    monkeypatch.setattr("generator.rules.of_product", never)
    monkeypatch.setattr("generator.making.frames.made", never)
    place = project.fresh(frames=False)
    made = making.build(project.layout(place), ADDRESS, parts=parts)
    # The page of a code that is gone belongs to no product.
    assert {path for path in rendered if path.startswith(("acme/", "other/", "third/"))} == {"other/77/"}
    assert made.remade == ("acme",)
    assert tree(place) == tree(project.work)


def test_what_a_part_has_of_other_pages_is_not_believed(
    project: Machines, parts: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the stamps are alike: pages and products are asked for by what they are made of."""
    own = Machines(project.root / "others")
    (own.work / ".codeglot" / "site.kept").mkdir(parents=True)
    for path in (project.work / ".codeglot" / "site.kept").glob("frames.*"):
        shutil.copy(path, own.work / ".codeglot" / "site.kept")
    own.write("acme", "en", [own.row(7, "en", " oddly"), own.row(8, "en", " oddly")])
    monkeypatch.setattr("generator.making.joining._demand_same", lambda *_: None)
    assert own.joined(parts) == own.anew()


def test_pages_by_hand_that_ask_for_all_of_mkdocs(tmp_path: Path) -> None:
    """Then parts hold no pages, and the site is the same all the same."""
    own = Machines(tmp_path)
    (own.work / "docs" / "en").mkdir(parents=True)
    (own.work / "docs" / "en" / "guide.md").write_text("# A guide\n\n[Seven](acme/7.md)\n", encoding="utf-8")
    own.build()
    assert own.joined([own.part("locale=zh"), own.part("locale=en")]) == tree(own.work)


def refused(project: Machines, parts: Sequence[Path], address: str = ADDRESS) -> str:
    """What is said of parts that will not do; nothing is written then."""
    place = project.root / "refused"
    with pytest.raises(CodeglotError) as caught:
        making.build(project.layout(place), address, parts=parts)
    assert not place.exists()
    return str(caught.value).replace(str(project.root), "…")


def test_parts_of_another_site_are_refused(
    tmp_path: Path, project: Machines, parts: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = f"…/{parts[0].name}: is not a part of this site: it was made"
    assert refused(project, parts, "https://elsewhere.example/") == (
        f"{first} for the address {ADDRESS}, not https://elsewhere.example/\n"
        "  hint: set SITE_URL to the same on all machines"
    )
    with monkeypatch.context() as patch:
        patch.setattr(kept, "version", lambda: b"another")
        assert refused(project, parts) == (
            f"{first} by another version of Codeglot, of Python or of an installed package\n"
            "  hint: install the same of requirements.lock on all machines"
        )
        patch.setenv("SOURCE_DATE_EPOCH", "0")
        said = refused(project, parts)
        assert re.search(r"of an installed package, for the day \d{4}-\d\d-\d\d, not 1970-01-01\n", said)
        assert said.endswith("requirements.lock on all machines; set SOURCE_DATE_EPOCH to the same on all machines")
    other = Machines(tmp_path)
    other.write("third", "en", [other.row(-3, "en", " else")])
    assert refused(other, parts).endswith(
        "made from other documents, declarations or pages by hand\n  hint: make all parts of one commit"
    )


def test_what_is_in_no_part_is_named_with_what_makes_it(project: Machines, parts: list[Path]) -> None:
    assert refused(project, parts[:1]) == (
        "the parts do not make up the site: missing is acme in en; other, third in zh, en\n"
        "  hint: codeglot build --part locale=en,product=acme; codeglot build --part product=other,product=third"
    )
    for selected in ("locale=en,product=acme", "product=other,product=third"):
        parts = [*parts[:1], *parts[1:], project.part(selected)]
    assert project.joined(parts) == tree(project.work)


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04", b"No part.", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_part_is_refused(tmp_path: Path, project: Machines, content: bytes) -> None:
    path = tmp_path / "some.part"
    path.write_bytes(content)
    assert "is no part of a site" in refused(project, [path])
    assert "cannot be read: No such file" in refused(project, [tmp_path / "none.part"])
    assert "cannot be read: Is a directory" in refused(project, [tmp_path])


def test_a_zip_of_something_else_is_refused(tmp_path: Path, project: Machines) -> None:
    path = tmp_path / "some.part"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("part.json", "{}")
    assert "is no part of a site, or damaged" in refused(project, [path])


def test_a_part_that_has_suffered_is_refused(tmp_path: Path, project: Machines, parts: list[Path]) -> None:
    """Wherever it has: a byte that is another, some that are missing, some too many."""
    whole, chance = parts[0].read_bytes(), random.Random(7)
    path = tmp_path / "some.part"
    places = [*range(64), *range(len(whole) - 2000, len(whole), 37), *range(len(whole) - 40, len(whole))]
    for place in (*places, *(chance.randrange(len(whole)) for _ in range(100))):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :])
        assert "is no part of a site" in refused(project, [path, *parts])
    for spoiled in (whole[:-1], whole[: len(whole) // 2], whole + b"\0", whole[:1000] + whole[1001:], whole * 2):
        path.write_bytes(spoiled)
        assert "is no part of a site, or damaged" in refused(project, [path, *parts])


def forged(part: Path, into: Path, alter: Callable[[str, bytes], bytes | None]) -> Path:
    """A part in which somebody has altered members, or left out those that come to ``None``, with a digest that is right."""
    with zipfile.ZipFile(part) as file:
        members = {name: alter(name, file.read(name)) for name in file.namelist()}
    with zipfile.ZipFile(into, "w") as file:
        for name, data in members.items():
            if data is not None:
                file.writestr(name, data)
    data = into.read_bytes()
    into.write_bytes(data + hashlib.blake2b(data, digest_size=16).digest())
    return into


def altered(start: str, change: Callable[[Any], Any]) -> Callable[[str, bytes], bytes]:
    """Changes the values of the members that begin so."""

    def alter(name: str, data: bytes) -> bytes:
        if not name.startswith(start):
            return data
        return zlib.compress(msgspec.msgpack.encode(change(msgspec.msgpack.decode(zlib.decompress(data)))))

    return alter


def _led(whole: Any, to: str) -> Any:
    """A whole share whose links in no language lead elsewhere."""
    links = whole[1][5]
    links[3][0] = {to: 0}
    return whole


OUTSIDE: Final = ("../../../outside", "/outside", "a/../../outside", "..\\outside", "C:outside", "a/\0", "", "./x")
FORGERIES: Final[Mapping[str, Callable[[str], Callable[[str, bytes], bytes]]]] = {
    "page": lambda to: altered("product/acme/pages.zh.", lambda block: [[to, *page[1:]] for page in block]),
    "whole page": lambda to: altered("product/other/pages.zh.", lambda block: [[to, *page[1:]] for page in block]),
    "Markdown": lambda to: altered(
        "product/other/pages.", lambda one: {to: next(iter(one.values()))} if isinstance(one, dict) else one
    ),
    "file": lambda to: altered("product/other/files.", lambda block: [[to, data] for _, data in block]),
    "link": lambda to: altered("product/third/share", lambda one: _led(one, to)),
    "frame": lambda to: altered("kept/frames.", lambda one: [{to: b"x"}, *one[1:]]),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_no_part_writes_outside_the_site(tmp_path: Path, project: Machines, parts: list[Path], what: str) -> None:
    place = tmp_path / "work"
    for to in OUTSIDE if what == "file" else OUTSIDE[:1]:
        made = [
            forged(
                part, tmp_path / f"{number}.part", FORGERIES[what](to if to != "/outside" else f"{tmp_path}/outside")
            )
            for number, part in enumerate(parts)
        ]
        with pytest.raises(CodeglotError, match=r"damaged|leads out of the site"):
            making.build(project.layout(place), ADDRESS, parts=made)
        assert not (place / "site").exists()
        assert not [path for path in (place / "docs").rglob("*") if path.is_file()]
        assert not list(tmp_path.rglob("*outside*"))
        shutil.rmtree(place)


NONSENSE: Final[Mapping[str, Callable[[str, bytes], bytes | None]]] = {
    "head is a list": lambda name, data: data if name != "part.json" else b"[]",
    "head is not whole": lambda name, data: data if name != "part.json" else b'{"format": 1, "stamp": {}}',
    "no head": lambda name, data: None if name == "part.json" else data,
    "nothing in it": lambda name, data: b"" if name.startswith("product/") else data,
    "no MessagePack": lambda name, data: zlib.compress(b"\xff" * 10) if name.startswith("product/") else data,
    "too deep": lambda name, data: zlib.compress(b"\x91" * 100_000 + b"\xc0") if name.startswith("product/") else data,
    "ends early": lambda name, data: zlib.compress(b"\xc4") if name.startswith("product/") else data,
    "cut off": lambda name, data: data[:-1] if name.startswith("kept/") else data,
    "too long": lambda name, data: data + b"x" if name.startswith("kept/") else data,
    "no blocks": lambda name, data: None if re.search(r"pages\.\w+\.0$|files\.0$", name) else data,
    "places that are not there": altered(
        "product/acme/pages.zh",
        lambda one: {name: (made, 0, 99) for name, (made, *_) in one.items()} if isinstance(one, dict) else one,
    ),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_a_part_that_makes_no_sense_is_refused(tmp_path: Path, project: Machines, parts: list[Path], what: str) -> None:
    made = [forged(part, tmp_path / f"{number}.part", NONSENSE[what]) for number, part in enumerate(parts)]
    with pytest.raises(CodeglotError, match="is no part of a site, or damaged"):
        making.build(project.layout(tmp_path / "work"), ADDRESS, parts=made)
    assert not (tmp_path / "work" / "site").exists()


def test_a_part_of_another_form_or_with_other_things_is_refused(
    tmp_path: Path, project: Machines, parts: list[Path]
) -> None:
    another = forged(
        parts[0],
        tmp_path / "a.part",
        lambda name, data: json.dumps(json.loads(data) | {"format": 99}).encode() if name == "part.json" else data,
    )
    assert "was made by another version of Codeglot" in refused(project, [another])
    for name in ("../x", "kept/whole.00000000000000000000000000000000", "product/../share", "kept/frames.0"):
        path = tmp_path / "b.part"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("part.json", zipfile.ZipFile(parts[0]).read("part.json"))
            file.writestr(name, b"")
        data = path.read_bytes()
        path.write_bytes(data + hashlib.blake2b(data, digest_size=16).digest())
        assert "damaged" in refused(project, [path])


def test_what_is_packed_too_tightly_is_not_unpacked(
    tmp_path: Path, project: Machines, parts: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.making.part.MOST", 1 << 20)
    bomb = zlib.compress(bytes(3 << 20))
    made = forged(parts[0], tmp_path / "a.part", lambda name, data: bomb if name.startswith("kept/document") else data)
    with pytest.raises(CodeglotError, match="damaged"):
        making.build(project.layout(tmp_path / "work"), ADDRESS, parts=[made, *parts[1:]])


def run(project: Machines, work: Path, *arguments: str) -> int:
    folders = ("--source", str(project.source), "--docs", str(work / "docs"), "--site", str(work / "site"))
    return cli.main([arguments[0], *folders, *arguments[1:]])


def test_parts_on_the_command_line(
    project: Machines, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SITE_URL", ADDRESS)
    work, joined = project.fresh(), project.fresh(frames=False)
    monkeypatch.chdir(work)
    assert run(project, work, "build", "--part", "locale=en, product=acme") == cli.EXIT_CLEAN
    said = capsys.readouterr().out
    assert re.fullmatch(r"part +acme in en: 6 pages, 0\.\d MB, parts/acme\.en\.part\n", said)
    assert run(project, work, "build", "--quiet", "--part", "product=acme,locale=zh") == cli.EXIT_CLEAN
    assert capsys.readouterr().out == ""
    rest = work / "else" / "rest.part"
    selected = "product=third,product=other"
    assert run(project, work, "build", "--timings", "--part", selected, "--into", str(rest)) == cli.EXIT_CLEAN
    said = capsys.readouterr().out
    assert "other, third in all locales: " in said
    assert re.search(r"^pages +\d+\.\d\d s$", said, re.MULTILINE)
    assert sorted(path.name for path in (work / "parts").iterdir()) == ["acme.en.part", "acme.zh.part"]
    assert not (work / "site").exists()
    parts = [*(str(path) for path in (work / "parts").iterdir()), str(rest)]
    assert run(project, joined, "assemble", *parts) == cli.EXIT_CLEAN
    said = capsys.readouterr().out
    assert "1 of 3 products made anew" in said
    assert tree(joined) == tree(project.work)
    assert run(project, joined, "assemble", "--quiet", *parts) == cli.EXIT_CLEAN
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("selected", "said"),
    [
        ("", "--part '' is not of the form locale=…,product=…"),
        ("locale=", "--part 'locale=' is not of the form"),
        ("locale=en,", "--part 'locale=en,' is not of the form"),
        ("en", "--part 'en' is not of the form"),
        ("language=en", "--part 'language=en' is not of the form"),
        ("locale=ko", "--part 'locale=ko': there is no locale 'ko'\n  hint: there are zh, en"),
        ("product=gme", "--part 'product=gme': there is no product 'gme'\n  hint: there are acme, other, third"),
    ],
)
def test_a_wrong_selection_is_an_error(
    project: Machines, capsys: pytest.CaptureFixture[str], selected: str, said: str
) -> None:
    assert run(project, project.root / "none", "build", "--part", selected) == cli.EXIT_USAGE
    assert said in capsys.readouterr().err
    assert not (project.root / "none").exists()


def test_a_part_cannot_lie_anywhere(tmp_path: Path, project: Machines, capsys: pytest.CaptureFixture[str]) -> None:
    work = tmp_path / "work"
    for place, said in (
        (project.source / "x.part", "lies in"),
        (work / "site" / "x.part", "lies in"),
        (work / "docs" / "x.part", "lies in"),
        (project.source / "catalog.toml", "lies in"),
        (tmp_path / "x.zip", "does not end with .part"),
        (tmp_path, "is a folder"),
    ):
        assert run(project, work, "build", "--part", "locale=en", "--into", str(place)) == cli.EXIT_USAGE
        assert said in capsys.readouterr().err
    assert run(project, work, "build", "--into", str(tmp_path / "x.part")) == cli.EXIT_USAGE
    assert "--into is for a part" in capsys.readouterr().err
    (tmp_path / "file").touch()
    assert (
        run(project, project.fresh(), "build", "--part", "locale=en", "--into", str(tmp_path / "file" / "x.part")) == 2
    )
    assert "a file stands where a folder is needed" in capsys.readouterr().err


def test_a_part_that_cannot_be_finished_leaves_the_one_before(
    tmp_path: Path, project: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "x.part"
    place.write_bytes(b"before")

    def fails(*_: object) -> None:
        raise CodeglotError("no")

    monkeypatch.setattr(parting, "_of_product", fails)
    monkeypatch.setenv("CODEGLOT_JOBS", "1")
    with pytest.raises(CodeglotError, match="no"):
        making.build_part(project.layout(project.fresh()), "locale=en", place, ADDRESS)
    assert place.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["x.part"]


def test_parts_beside_a_site_among_the_documents_are_no_documents(tmp_path: Path) -> None:
    """Where a folder of sources has its site in it."""
    own = Machines(tmp_path)
    assert cli.main(["build", "--source", str(own.source), "--quiet"]) == cli.EXIT_CLEAN
    for selected in ("locale=zh", "locale=en"):
        assert cli.main(["build", "--source", str(own.source), "--quiet", "--part", selected]) == cli.EXIT_CLEAN
    parts = sorted(str(path) for path in (own.source / "parts").iterdir())
    assert len(parts) == 2
    before = tree(own.source)
    assert cli.main(["assemble", "--source", str(own.source), "--quiet", *parts]) == cli.EXIT_CLEAN
    assert tree(own.source) == before


def test_a_long_selection_is_told_in_short() -> None:
    products, locales = tuple(ProductId(f"product-{number}") for number in range(30)), (Locale("en"),)
    some = selection.Selection(products, locales)
    assert str(some) == "30 products in en"
    assert re.fullmatch(r"[0-9a-f]{32}\.part", some.name)
    assert selection.Selection(products[:2], locales).name == "product-0+product-1.en.part"
    assert selection.Selection(products, locales, every_product=True).name == "all.en.part"
