"""One MkDocs configuration for each locale, derived from ``mkdocs.yml``."""

import json
import re
from pathlib import Path
from typing import Any, Final

from generator.addresses import prefix
from generator.errors import CodeglotError
from generator.model import Locale
from generator.site import policy, theme
from generator.site.values import LocaleSpec, SiteSpec

_PLUGIN_LOCALE: Final = re.compile(r"[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?")
"""The tags that mkdocs-static-i18n 1.3.1 takes."""


def configuration(
    spec: SiteSpec, locale: LocaleSpec, *, parent: Path, docs: Path, target: Path, templates: Path, site_url: str
) -> dict[str, Any]:
    """The configuration that builds ``locale`` alone, as JSON values (which are YAML too).

    Everything the build needs stands in it as a plain value and no hook is left, so that a successor of MkDocs that
    runs no Python can build a locale from it.
    """
    return {
        "INHERIT": str(parent),
        "site_name": locale.title,
        "site_description": locale.description,
        "site_url": site_url + prefix(locale.locale, spec.source_locale),
        "docs_dir": str(docs),
        "site_dir": str(target),
        "theme": {"custom_dir": str(templates / "theme"), "language": theme.theme_language(locale.locale)},
        "plugins": [{"i18n": plugin(spec, locale.locale)}],
        "hooks": [],
        "watch": [],
        "extra": theme.config_extra(spec, locale, site_url, policy.policy(templates), alone=True),
        **({"nav": theme.nav(locale.nav)} if locale.nav else {}),
    }


def plugin(spec: SiteSpec, only: Locale) -> dict[str, Any]:
    """The options of mkdocs-static-i18n that build one locale of the site."""
    for known in spec.locales:
        if not _PLUGIN_LOCALE.fullmatch(known.locale):
            raise CodeglotError(
                f"locale {known.locale!r} cannot be built: mkdocs-static-i18n knows no such tag",
                hint="use a two-letter language, with script or country where needed: en, pt-BR, zh-Hant",
            )
    return {
        "docs_structure": "folder",
        "build_only_locale": only,
        "fallback_to_default": False,
        "reconfigure_material": False,
        "reconfigure_search": False,
        "languages": [
            {"locale": known.locale, "name": known.name, "default": known.locale == spec.source_locale}
            for known in spec.locales
        ],
    }


def write(configuration: dict[str, Any], path: Path) -> None:
    """Write a configuration where MkDocs can read it."""
    path.write_text(json.dumps(configuration, ensure_ascii=False, indent=1), encoding="utf-8")


def declared_site_url(parent: Path) -> str:
    """The address of the site as ``mkdocs.yml`` has it (the environment's SITE_URL where that is set), with a slash.

    Raises CodeglotError where the file is missing, unreadable or names no address.
    """
    # MkDocs takes a while to import, and only a build needs it.
    from mkdocs.exceptions import ConfigurationError  # noqa: PLC0415
    from mkdocs.utils.yaml import yaml_load  # noqa: PLC0415

    try:
        with parent.open("rb") as stream:
            found = str(yaml_load(stream).get("site_url") or "")
    except OSError as error:
        raise CodeglotError(f"cannot read {parent}: {error.strerror}") from error
    except ConfigurationError as error:
        raise CodeglotError(str(error), path=str(parent)) from error
    theme.base_path(found)
    return found if found.endswith("/") else f"{found}/"
