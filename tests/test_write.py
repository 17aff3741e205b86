"""Writing into a folder: only what changed, only what is ours, whole files or none."""

import errno
import json
from pathlib import Path

import pytest

from generator.errors import CodeglotError
from generator.write import MANIFEST, Written, write_file, write_tree


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def test_writes_text_and_bytes_then_touches_nothing(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.md": "好\n", "gme/b.md": b"bytes"}
    assert write_tree(tmp_path / "docs", files) == Written(("a.md", "gme/b.md"), (), (), ())
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "docs").rglob("*")}
    assert write_tree(tmp_path / "docs", files) == Written((), (), ("a.md", "gme/b.md"), ())
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "docs").rglob("*")} == before
    assert tree(tmp_path / "docs") == {"a.md": "好\n", "gme/b.md": "bytes"}


def test_changes_what_changed_and_removes_its_own_orphans(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.md": "1", "b.md": "1", "old/deep/c.md": "1"})
    (tmp_path / "mine.md").write_text("by hand")
    (tmp_path / "old" / "mine.md").write_text("by hand")
    assert write_tree(tmp_path, {"a.md": "1", "b.md": "2"}) == Written((), ("b.md",), ("a.md",), ("old/deep/c.md",))
    assert tree(tmp_path) == {"a.md": "1", "b.md": "2", "mine.md": "by hand", "old/mine.md": "by hand"}
    assert not (tmp_path / "old" / "deep").exists()


def test_a_file_of_someone_else_is_an_error_and_nothing_changes(tmp_path: Path) -> None:
    write_tree(tmp_path, {"b.md": "1", "orphan.md": "1"})
    (tmp_path / "a.md").write_text("by hand")
    before = tree(tmp_path)
    with pytest.raises(CodeglotError, match=r"a\.md.*not written by codeglot"):
        write_tree(tmp_path, {"a.md": "generated", "b.md": "2"})
    assert tree(tmp_path) == before


def test_a_file_that_already_reads_so_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("same")
    assert write_tree(tmp_path, {"a.md": "same"}).unchanged == ("a.md",)
    assert write_tree(tmp_path, {"a.md": "other"}).changed == ("a.md",)


def test_a_folder_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(CodeglotError, match=r"a\.md"):
        write_tree(tmp_path, {"a.md": "x"})


def test_an_interrupted_run_finds_its_own_files_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, target: Path) -> Path:
        if target.name == "b.md":
            raise OSError(28, "No space left on device", str(target))
        return replace(path, target)

    replace = Path.replace
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        with pytest.raises(CodeglotError, match="No space left"):
            write_tree(tmp_path, {"a.md": "1", "b.md": "1"})
    assert tree(tmp_path) == {"a.md": "1"}, "no half-written file and no temporary one stays"
    assert write_tree(tmp_path, {"a.md": "2", "b.md": "2"}) == Written(("b.md",), ("a.md",), (), ())


@pytest.mark.parametrize(
    "path", ["../a.md", "/a.md", "a/../../b.md", "", "a//../b", "c:\\a.md", "a\\..\\b.md", "./a.md"]
)
def test_no_path_leads_out(tmp_path: Path, path: str) -> None:
    with pytest.raises(CodeglotError, match="leads out"):
        write_tree(tmp_path / "docs", {path: "x"})
    assert not (tmp_path / "docs").exists()


def test_no_link_leads_out(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "docs" / "gme").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CodeglotError, match="leads out"):
        write_tree(tmp_path / "docs", {"gme/a.md": "x"})


def test_a_manifest_cannot_make_it_remove_what_lies_outside(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    write_tree(docs, {"a.md": "1"})
    (tmp_path / "precious.md").write_text("x")
    (docs / MANIFEST).write_text(json.dumps({"files": ["../precious.md", "a.md", 7]}))
    assert write_tree(docs, {}).removed == ("a.md",)
    assert (tmp_path / "precious.md").exists()


def test_a_broken_manifest_is_an_error(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("{")
    with pytest.raises(CodeglotError, match="is no list"):
        write_tree(tmp_path, {"a.md": "x"})


def test_names_that_differ_only_in_case_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(CodeglotError, match="one file"):
        write_tree(tmp_path, {"A.md": "x", "a.md": "y"})


def test_the_manifest_is_the_same_from_run_to_run(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write_tree(tmp_path / folder, {"b.md": "x", "a.md": "y"} if folder == "one" else {"a.md": "y", "b.md": "x"})
    assert (tmp_path / "one" / MANIFEST).read_bytes() == (tmp_path / "two" / MANIFEST).read_bytes()


def test_a_disk_that_fills_up_costs_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tmp_path, {"a.md": "old a", "b.md": "old b"})
    real = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if data == b"new b":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CodeglotError, match="No space left on device"):
        write_tree(tmp_path, {"a.md": "new a", "b.md": "new b", "c.md": "new c"})
    monkeypatch.undo()
    assert {path.name: path.read_text() for path in tmp_path.glob("*.md")} == {"a.md": "old a", "b.md": "old b"}
    assert write_tree(tmp_path, {"a.md": "new a"}).removed == ("b.md",)
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "a.md"]


def test_what_a_killed_run_laid_out_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".codeglot-new").mkdir()
    (tmp_path / ".codeglot-new" / "7").write_text("half")
    write_tree(tmp_path, {"a.md": "a"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "a.md"]


def test_one_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target, link = tmp_path / "list.json", tmp_path / "link.json"
    write_file(target, "old\n")
    target.chmod(0o640)
    link.symlink_to(target)
    write_file(link, "新\r\n")
    assert link.is_symlink()
    assert target.read_bytes() == "新\r\n".encode()
    assert target.stat().st_mode & 0o777 == 0o640
    with pytest.raises(UnicodeEncodeError):
        write_file(target, "\ud800")
    (tmp_path / "folder").mkdir()
    with pytest.raises(CodeglotError, match="cannot be written"):
        write_file(tmp_path / "folder", "no file")
    with pytest.raises(CodeglotError, match="cannot be written"):
        write_file(tmp_path / "nowhere" / "list.json", "no folder")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "link.json", "list.json"]
    assert target.read_bytes() == "新\r\n".encode()


def test_a_file_of_a_folder_is_not_written_elsewhere(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    folder.mkdir()
    outside.write_text("mine")
    for name, place in (("there.json", outside), ("dangling.json", tmp_path / "nothing")):
        (folder / name).symlink_to(place)
        with pytest.raises(CodeglotError, match="is a link that leads out of"):
            write_file(folder / name, "theirs", root=folder)
    assert outside.read_text() == "mine"
    assert not (tmp_path / "nothing").exists()
    write_file(folder / "own.json", "own", root=folder)
    (folder / "link.json").symlink_to(folder / "own.json")
    write_file(folder / "link.json", "changed", root=folder)
    assert (folder / "own.json").read_text() == "changed"
