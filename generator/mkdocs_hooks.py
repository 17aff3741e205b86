"""Thin glue so that ``mkdocs build`` and ``mkdocs serve`` alone make the site that ``codeglot build`` makes.

Everything happens in :mod:`generator.pipeline` and :mod:`generator.site`; the configurations that they derive have no
hooks. MkDocs builds all locales in one process here: mkdocs-static-i18n calls the build anew for each of the others
from inside the first one, so every event below happens once a locale.
"""

from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from generator import layout, pipeline, site
from generator.errors import CodeglotError

_AFTER_PLUGIN = -200
"""mkdocs-static-i18n has -100, and it has to have chosen the locale first."""


class _Run:
    """What the events of one build share."""

    prepared: pipeline.Prepared
    templates: Path
    live: bool = False
    """`mkdocs serve` is at work, which puts a script of its own into every page."""


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG001 - MkDocs' form
    """Keep in mind what MkDocs was asked for."""
    _Run.live = command == "serve"


@event_priority(_AFTER_PLUGIN)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Write the pages before the first locale; tell the theme about each."""
    root = Path(config.config_file_path).parent
    try:
        if not _plugin(config).building:
            folders = layout.find(root / layout.SOURCE, docs=Path(config.docs_dir), site=Path(config.site_dir))
            _Run.templates = folders.templates
            _Run.prepared = pipeline.prepare(folders, _site_url(config))
            _same_locales(config)
        values = site.one_pass(
            _Run.prepared.spec,
            _plugin(config).current_language,
            _site_url(config),
            site.policy.policy(_Run.templates, live=_Run.live),
        )
    except CodeglotError as error:
        raise PluginError(str(error)) from error
    config.site_name, config.site_description, config.nav = values.title, values.description, values.nav
    config.theme["language"] = values.theme_language
    config.extra.update(values.extra)
    return config


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Keep each locale's 404 page, which MkDocs would write over the others' at the root."""
    path = site.not_found_path(_Run.prepared.spec, _plugin(config).current_language)
    if template_name != "404.html" or path == template_name:
        return output
    target = Path(config.site_dir, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(output, encoding="utf-8")
    return ""


@event_priority(_AFTER_PLUGIN)
def on_post_build(config: MkDocsConfig) -> None:
    """Complete the site after the last locale."""
    if _plugin(config).building:
        return
    try:
        site.sanitised.pages(Path(config.site_dir))
        site.complete(
            Path(config.site_dir),
            _Run.prepared.spec,
            site_url=_site_url(config),
            render=_Run.prepared.render,
            links=_Run.prepared.links,
            files=_Run.prepared.files,
        )
    except CodeglotError as error:
        raise PluginError(str(error)) from error


def _plugin(config: MkDocsConfig) -> Any:
    return config.plugins["i18n"]


def _site_url(config: MkDocsConfig) -> str:
    return f"{(config.site_url or '').rstrip('/')}/"


def _same_locales(config: MkDocsConfig) -> None:
    known, declared = _plugin(config).all_languages, [locale.locale for locale in _Run.prepared.spec.locales]
    if sorted(known) != sorted(declared) or _plugin(config).default_language != _Run.prepared.spec.source_locale:
        raise CodeglotError(
            f"the languages of mkdocs.yml ({', '.join(known)}) are not the locales of the sources ({', '.join(declared)})",
            path=config.config_file_path,
            hint=f"plugins: i18n: languages wants these lines; `codeglot build` needs no such list\n{_languages()}",
        )


def _languages() -> str:
    """The locales of the sources as mkdocs.yml lists them."""
    spec = _Run.prepared.spec
    lines = (
        f"{one.locale}, name: {one.name}{', default: true' if one.locale == spec.source_locale else ''}"
        for one in spec.locales
    )
    return "\n".join(f"        - {{ locale: {line} }}" for line in lines)
