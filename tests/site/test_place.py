"""The old site stands until the new one is complete, whatever happens."""

import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import CodeglotError
from generator.site.place import MARKER, mark, replacing


def made(folder: Path, text: str) -> Path:
    """A site as an earlier build left it."""
    folder.mkdir()
    (folder / "index.html").write_text(text)
    mark(folder)
    return folder


def rebuild(target: Path, text: str = "new") -> None:
    with replacing(target) as new:
        (new / "index.html").write_text(text)


def test_a_first_site_appears_whole(tmp_path: Path) -> None:
    rebuild(tmp_path / "site")
    assert {path.name for path in (tmp_path / "site").iterdir()} == {"index.html", MARKER}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_new_site_replaces_the_old_one(tmp_path: Path) -> None:
    site = made(tmp_path / "site", "old")
    (site / "gone.html").write_text("old")
    rebuild(site)
    assert (site / "index.html").read_text() == "new"
    assert not (site / "gone.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def fail(target: Path, error: BaseException) -> None:
    with replacing(target) as new:
        (new / "index.html").write_text("half")
        raise error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (CodeglotError("broken"), CodeglotError),
        (OSError(28, "No space left on device"), CodeglotError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_an_error_leaves_the_old_site(tmp_path: Path, error: BaseException, told: type[BaseException]) -> None:
    site = made(tmp_path / "site", "old")
    with pytest.raises(told):
        fail(site, error)
    assert (site / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_was_not_made_here_is_not_replaced(tmp_path: Path) -> None:
    foreign = tmp_path / "site"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("years of work")
    with pytest.raises(CodeglotError, match="was not made by codeglot"):
        rebuild(foreign)
    assert (foreign / "thesis.txt").read_text() == "years of work"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_file_in_the_way_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(CodeglotError, match="was not made by codeglot"):
        rebuild(tmp_path / "site")


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    rebuild(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "new"


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    made(tmp_path / "real", "old")
    (tmp_path / "site").symlink_to(tmp_path / "real")
    rebuild(tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "real" / "index.html").read_text() == "new"


def test_a_build_killed_while_filling_leaves_the_old_site(tmp_path: Path) -> None:
    site = made(tmp_path / "site", "old")
    script = (
        "import os, signal, sys; from pathlib import Path; from generator.site.place import replacing\n"
        "with replacing(Path(sys.argv[1])) as new:\n"
        "    (new / 'index.html').write_text('half'); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).resolve().parents[2]
    killed = subprocess.run([sys.executable, "-c", script, str(site)], cwd=root, check=False)
    assert killed.returncode < 0
    assert (site / "index.html").read_text() == "old"
    rebuild(site)
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_outlives_a_killed_build_does_not_get_into_the_next_site(tmp_path: Path) -> None:
    """MkDocs goes on writing after the program that started it was killed."""
    script = (
        "import os, signal, sys; from pathlib import Path; from generator.site.place import replacing\n"
        "with replacing(Path(sys.argv[1])) as new:\n"
        "    print(new, flush=True); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).resolve().parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "site")], cwd=root, check=False, stdout=subprocess.PIPE, text=True
    )
    left = Path(killed.stdout.strip())
    assert left.is_dir()
    with replacing(tmp_path / "site") as new:
        assert not left.exists()
        left.mkdir()
        (left / "late.html").write_text("late")
        (new / "index.html").write_text("new")
    assert {path.name for path in (tmp_path / "site").iterdir()} == {"index.html", MARKER}
    rebuild(tmp_path / "site", "newer")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_killed_while_swapping_is_put_right_by_the_next(tmp_path: Path) -> None:
    """The old site had been renamed, the new one had not yet taken its place, and the next build fails."""
    workshop = tmp_path / ".codeglot"
    workshop.mkdir()
    made(workshop / "site.old", "old")
    made(workshop / "site.0123abcd.new", "new, but never announced")
    with pytest.raises(CodeglotError):
        fail(tmp_path / "site", CodeglotError("this build fails too"))
    assert (tmp_path / "site" / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_build_killed_after_swapping_leaves_the_new_site(tmp_path: Path) -> None:
    site = made(tmp_path / "site", "current")
    (tmp_path / ".codeglot").mkdir()
    made(tmp_path / ".codeglot" / "site.old", "older")
    with pytest.raises(CodeglotError):
        fail(site, CodeglotError("this build fails"))
    assert (site / "index.html").read_text() == "current"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such lock")
def test_two_builds_of_one_site_do_not_meet(tmp_path: Path) -> None:
    with replacing(tmp_path / "site") as new:
        (new / "index.html").write_text("first")
        with pytest.raises(CodeglotError, match="another build"):
            rebuild(tmp_path / "site", "second")
    assert (tmp_path / "site" / "index.html").read_text() == "first"


def test_a_build_that_ends_takes_no_workshop_from_under_another(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from generator.errors import CodeglotError\n"
        "from generator.site.place import replacing\n"
        "for _ in range(300):\n"
        "    try:\n"
        "        with replacing(Path(sys.argv[1])): pass\n"
        "    except CodeglotError as error:\n"
        "        if 'another build' not in str(error): sys.exit(str(error))\n"
    )
    root = Path(__file__).resolve().parents[2]
    both = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "site")], cwd=root, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [process.communicate()[1] for process in both] == [b"", b""]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_place_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CodeglotError, match="cannot be written"):
        rebuild(tmp_path / "file" / "site")
