"""What a finished build tells of itself."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator import addresses
from generator.addresses import prefix
from generator.diagnostics import Severity, State
from generator.labels import Labels
from generator.making.parts import Parts
from generator.making.values import Made
from generator.model import Locale
from generator.pipeline import Judged, Loaded


def told(loaded: Loaded, judged: Judged, parts: Parts, words: Mapping[Locale, Labels], folder: Path) -> Made:
    """The figures of a build."""
    catalog = loaded.corrected
    new = Counter(one.severity for one in judged.diagnostics if one.state is State.NEW)
    states = Counter(one.state for one in judged.diagnostics)
    return Made(
        folder=str(folder),
        documents=catalog.accounting.documents,
        locales=catalog.locales,
        rows=catalog.accounting.rows,
        codes=sum(len({addresses.slug(meaning.code) for meaning in one.meanings}) for one in catalog.products),
        products=len(catalog.products),
        pages=tuple(_counted(parts)),
        links=parts.links,
        files=len(parts.files),
        size=sum(filed.size for filed in parts.files.values()),
        new={kind: new[kind] for kind in Severity},
        known=states[State.KNOWN],
        corrected=states[State.CORRECTED],
        unlisted=parts.unlisted,
        untranslated=tuple((locale, one.missing, one.messages) for locale, one in words.items() if one.missing),
        remade=tuple(parts.remade),
    )


def _counted(parts: Parts) -> Iterator[tuple[Locale, int]]:
    """How many pages each locale has."""
    spec = parts.bench.spec
    found: Counter[str] = Counter()
    own = {prefix(one.locale, spec.source_locale): one.locale for one in spec.locales}
    for path in parts.files:
        if path.endswith("index.html") and not path.startswith("e/"):
            start = f"{path.partition('/')[0]}/"
            found[own.get(start if start in own else "", spec.source_locale)] += 1
    for one in spec.locales:
        yield one.locale, found[one.locale]
