"""The rules in the order of their ids, and what they say of a catalog."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import Final

from generator.declarations import Declarations
from generator.diagnostics import Diagnostic, Precision
from generator.glossary import Glossary, Lexicon
from generator.model import Catalog, Locale, ProductId
from generator.rules import combine
from generator.rules.base import Rule
from generator.rules.context import Context
from generator.rules.scope import Scope, declared_of, part


def _found() -> Iterator[Rule]:
    """One rule a file: ``k204_misnumbered_neighbour.py`` holds K204."""
    for name in sorted(module.name for module in iter_modules(__path__)):
        if re.fullmatch(r"[a-z]\d{3}_\w+", name):
            rule: Rule = import_module(f"{__name__}.{name}").RULE
            yield rule


RULES: Final[tuple[Rule, ...]] = tuple(_found())

INTERNAL_ERROR: Final = combine.INTERNAL_ERROR
"""The rule that tells of another rule's crash."""


def check(
    written: Catalog, corrected: Catalog, glossary: Glossary | None = None, declared: Declarations | None = None
) -> tuple[Diagnostic, ...]:
    """Everything the rules say of the documents as written, worst first; consequences stand inside their causes.

    What ``corrected``, the same documents with the errata laid over them, no longer shows has the state CORRECTED;
    what only ``corrected`` shows (a stale erratum, or a discrepancy that an erratum brings about) is added.

    It is made of parts: :func:`of_product` for each product, and :func:`between_products`.
    """
    alone = (of_product(written, corrected, one.id, glossary, declared) for one in written.products)
    return joined((*alone, between_products(written, corrected, glossary, declared)))


def of_product(
    written: Catalog,
    corrected: Catalog,
    product: ProductId,
    glossary: Glossary | None = None,
    declared: Declarations | None = None,
) -> tuple[Diagnostic, ...]:
    """What the rules say of one product, as :func:`check` does: the same whatever other products there are.

    Nothing counts but the product's own documents, the errata and declarations that name it, and what is declared for
    all: the locales, equal links and the glossary.
    """
    own = declared_of(declared or Declarations(), product)
    contexts = (Context(part(catalog, product), glossary, own) for catalog in (written, corrected))
    return combine.judged(_of(Scope.PRODUCT), *contexts)


def between_products(
    written: Catalog, corrected: Catalog, glossary: Glossary | None = None, declared: Declarations | None = None
) -> tuple[Diagnostic, ...]:
    """What the rules say of products beside one another, as :func:`check` does; nothing where there is only one."""
    contexts = (Context(catalog, glossary, declared) for catalog in (written, corrected))
    return combine.judged(_of(Scope.PRODUCTS), *contexts)


def _of(scope: Scope) -> Sequence[Rule]:
    return [rule for rule in RULES if rule.scope is scope]


def joined(parts: Iterable[Iterable[Diagnostic]]) -> tuple[Diagnostic, ...]:
    """The diagnostics of all ``parts`` as one report, worst first; of equal places those of the earlier part first."""
    return tuple(sorted(chain.from_iterable(parts), key=combine.worst_first))


def without_words(catalog: Catalog, glossary: Glossary) -> Mapping[Locale, tuple[str, ...]]:
    """For each locale with a document the rules that cannot speak of it because the glossary lacks words.

    Those that are not shown by default are left out.
    """
    found = {}
    for locale in dict.fromkeys(document.locale for document in catalog.documents):
        lacking = {lexicon for lexicon in Lexicon if not glossary.has(locale, lexicon)}
        silent = tuple(
            rule.id for rule in RULES if rule.precision is not Precision.LOW and lacking & set(rule.lexicons)
        )
        if silent:
            found[locale] = silent
    return found


def listing(fired: Mapping[str, int] | None = None) -> str:
    """One line a rule: id, name, severity, precision and summary; with ``fired``, how often each fires, too."""
    names = max(len(rule.name) for rule in RULES)
    return "".join(
        f"{rule.id}  {'' if fired is None else f'{fired.get(rule.id, 0):>4}  '}"
        f"{rule.name:<{names}}  {rule.severity:<7}  {rule.precision:<9}  {rule.summary}\n"
        for rule in RULES
    )


def explain(rule_id: str) -> str:
    """All that is known of a rule, as Markdown.

    Raises KeyError where there is no rule of that id; case does not count.
    """
    rule = next((rule for rule in RULES if rule.id == rule_id.upper()), None)
    if rule is None:
        raise KeyError(rule_id)
    return f"# {rule.id} {rule.name} ({rule.severity}, precision {rule.precision})\n\n{rule.docs.strip()}\n"
