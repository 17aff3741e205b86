"""The site says nothing of the machine and the person that built it."""

import getpass
import re
import socket
import tempfile
from pathlib import Path

import pytest

from tests.site.conftest import ROOT, Build

pytestmark = pytest.mark.site


def _telling(site: Path, words: set[str]) -> list[str]:
    found = re.compile(b"|".join(re.escape(word.encode()) for word in sorted(words)))
    return [path.name for path in sorted(site.rglob("*")) if path.is_file() and found.search(path.read_bytes())]


def test_no_file_names_a_folder_of_the_machine(built_site: Path) -> None:
    folders = {str(ROOT), str(Path.home()), str(built_site), f"{tempfile.gettempdir()}/", "file://", "site-packages"}
    assert _telling(built_site, folders - {"/"}) == []
    assert not list(built_site.rglob("*.map"))


def test_a_site_built_elsewhere_names_neither_folder_nor_user_nor_host(build_small: Build, tmp_path: Path) -> None:
    site = build_small().folder
    # A short name, such as `root`, is a word like any other.
    names = {name for name in (getpass.getuser(), socket.gethostname()) if len(name) > 6}
    assert _telling(site, {str(tmp_path), *names}) == []
