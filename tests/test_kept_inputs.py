"""What is kept of the address in ``mkdocs.yml`` and of the glossary is believed only while both read the same."""

from pathlib import Path

import msgspec
import pytest

from generator import glossary, kept, layout
from generator.errors import CodeglotError
from generator.kept import Kept
from generator.layout import Layout
from generator.making import keys
from generator.making.checking import Documents
from generator.making.parts import Parts
from generator.making.values import Frames
from generator.site.tree import Filed


@pytest.fixture
def project(tmp_path: Path) -> Layout:
    mkdocs = tmp_path / "mkdocs.yml"
    mkdocs.write_text("site_url: !ENV [OVEN_URL, 'https://oven.example/']\n", encoding="utf-8")
    return msgspec.structs.replace(layout.find(tmp_path), mkdocs=mkdocs)


def test_an_address_depends_on_the_file_and_on_the_variables_in_it(
    project: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [keys.addressed(project)]
    for name, value in (("OVEN_URL", "https://a.example/"), ("OVEN_URL", "https://b.example/"), ("OVEN_URL", "")):
        monkeypatch.setenv(name, value)
        found.append(keys.addressed(project))
    assert len({*found}) == len(found)
    monkeypatch.setenv("ANOTHER_URL", "https://c.example/")
    assert keys.addressed(project) == found[-1]
    project.mkdocs.write_text("site_url: https://oven.example/\n", encoding="utf-8")
    assert keys.addressed(project) not in found


@pytest.mark.parametrize(
    "text", ["INHERIT: base.yml\n", '"INHERIT": base.yml\n', "{INHERIT : base.yml}\n", 'a: "\\x53"\n'], ids=ascii
)
def test_nothing_is_kept_of_one_that_other_files_have_a_say_in(project: Layout, text: str) -> None:
    project.mkdocs.write_text(text, encoding="utf-8")
    assert keys.addressed(project) is None


def test_nothing_is_kept_of_a_file_that_is_not_there(project: Layout) -> None:
    project.mkdocs.unlink()
    assert keys.addressed(project) is None


def test_a_glossary_is_read_again_when_it_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, keep = tmp_path / "glossary.toml", Kept(tmp_path / "kept")
    path.write_text('[concepts.oven]\nnames = ["OVEN"]\nwords.en = ["oven"]\n', encoding="utf-8")
    first = Documents(keep).words(path)
    assert first == glossary.read(path)
    assert first.concepts["oven"].names == ("OVEN",)
    path.write_text('[concepts.oven]\nnames = ["STOVE"]\nwords.en = ["oven"]\n', encoding="utf-8")
    second = Documents(keep).words(path)
    assert second == glossary.read(path) != first
    path.write_text("[concepts.oven\n", encoding="utf-8")
    with pytest.raises(CodeglotError, match="no valid TOML"):
        Documents(keep).words(path)
    path.write_text('[concepts.oven]\nnames = ["STOVE"]\nwords.en = ["oven"]\n', encoding="utf-8")
    monkeypatch.setattr(glossary, "read", None)
    assert Documents(keep).words(path) == second


@pytest.mark.parametrize("times", [["a/index.html", "a/index.html"], ["b.js", "a/index.html"]])
def test_two_things_at_one_address_are_an_error(times: list[str]) -> None:
    filed = Filed(kept.digest(b""), 0, 0)
    parts = Parts(None, None, Frames({}, (), sound=True), b"")  # type: ignore[arg-type] # It needs neither for this.
    parts._take([("a/", filed), ("b.js", filed)] if "b.js" in times else [], [], ())
    with pytest.raises(CodeglotError, match=r"the address '(a/|b\.js)'"):
        parts._take([(path, filed) for path in times], [], ())
