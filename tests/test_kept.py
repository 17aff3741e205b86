"""What is kept is believed only where it is whole and made of the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from msgspec import Struct

from generator import kept
from generator.kept import Kept
from generator.site.tree import Tree


class Value(Struct, frozen=True):
    """Something to keep."""

    name: str
    numbers: tuple[int, ...] = ()


VALUE = Value("a", (1, 2))
KEY = kept.digest(b"key")


def test_what_was_put_is_got(tmp_path: Path) -> None:
    Kept(tmp_path / "kept").put("value", KEY, VALUE)
    assert Kept(tmp_path / "kept").get("value", KEY, Value) == VALUE
    assert Kept(tmp_path / "kept").get("other", KEY, Value) is None
    assert Kept(tmp_path / "kept").get("value", kept.digest(b"another"), Value) is None
    assert Kept(tmp_path / "none").get("value", KEY, Value) is None


SPOILS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "cut off": lambda data: data[:-1],
    "emptied": lambda data: data[:0],
    "changed": lambda data: data[:14] + b"\0" + data[15:],
    "all zeros": lambda data: b"\0" * len(data),
    "nothing but a beginning": lambda data: data[:0] + b"\0" * 12,
    "with something behind it": lambda data: data + b"\0",
}


@pytest.mark.parametrize("how", SPOILS)
def test_what_is_spoiled_is_as_good_as_none(tmp_path: Path, how: str) -> None:
    keep = Kept(tmp_path)
    keep.put("value", KEY, VALUE)
    (path,) = tmp_path.iterdir()
    path.write_bytes(SPOILS[how](path.read_bytes()))
    assert keep.get("value", KEY, Value) is None
    assert not keep.encoded("value", KEY)


def test_what_has_another_form_is_as_good_as_none(tmp_path: Path) -> None:
    Kept(tmp_path).put("value", KEY, {"name": 3})
    assert Kept(tmp_path).get("value", KEY, Value) is None


def test_a_disk_that_takes_nothing_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Kept(tmp_path / "file" / "kept").put("value", KEY, VALUE)
    Kept(tmp_path / "file" / "kept").sweep()


def test_what_nobody_asked_for_is_swept(tmp_path: Path) -> None:
    first = Kept(tmp_path)
    first.put("value", KEY, VALUE)
    first.put("value", kept.digest(b"another"), VALUE)
    second = Kept(tmp_path)
    second.get("value", KEY, Value)
    second.sweep()
    assert len(list(tmp_path.iterdir())) == 1
    assert second.get("value", KEY, Value) == VALUE


def test_held_values_are_those_of_the_last_build(tmp_path: Path) -> None:
    keep = Kept(tmp_path, hold=True)
    keep.put("value", KEY, VALUE)
    for path in tmp_path.iterdir():
        path.unlink()
    assert keep.get("value", KEY, Value) is VALUE
    keep.begin()
    keep.sweep()
    assert keep.get("value", KEY, Value) is None


def test_parts_of_a_digest_do_not_run_into_each_other() -> None:
    assert kept.digest(b"ab", b"c") != kept.digest(b"a", b"bc")
    assert kept.of_value({"a": 1, "b": 2}) == kept.of_value({"b": 2, "a": 1})


def test_files_have_a_digest_by_path_and_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    before = kept.of_files(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert kept.of_files(tmp_path) != before
    (tmp_path / "b").rename(tmp_path / "a")
    assert kept.of_files(tmp_path) == before
    (tmp_path / "a").write_text("2")
    assert kept.of_files(tmp_path) != before


def test_a_file_is_written_only_where_it_cannot_be_had(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    first = Tree(old, {}, tmp_path / "none", {})
    stands = {"a/1": first.put("a/1", b"one"), "b": first.put("b", b"two")}
    second = Tree(new, {}, old, stands)
    filed = {"a/1": second.put("a/1", b"one"), "b": second.put("b", b"three")}
    assert filed["a/1"] == stands["a/1"]
    assert (new / "a" / "1").samefile(old / "a" / "1")
    assert ((old / "b").read_bytes(), (new / "b").read_bytes()) == (b"two", b"three")
    third = Tree(new, filed, old, stands)
    assert third.has("b", kept.digest(b"two")) == stands["b"]
    assert (new / "b").read_bytes() == b"two"
    third.without(["b"])
    assert [path.name for path in new.iterdir()] == ["b"]
    assert (old / "a" / "1").read_bytes() == b"one"


def test_a_linked_file_is_never_written_to_in_place(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    stands = {"a": Tree(old, {}, tmp_path / "none", {}).put("a", b"one")}
    tree = Tree(new, {}, old, stands)
    tree.put("a", b"one")
    tree.put("a", b"another")
    assert ((old / "a").read_bytes(), (new / "a").read_bytes()) == (b"one", b"another")
