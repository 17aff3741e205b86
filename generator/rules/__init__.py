"""The rules in the order of their ids, and what they say of a catalog."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from itertools import chain, takewhile
from pkgutil import iter_modules
from typing import Final

from generator.declarations import Declarations
from generator.diagnostics import Diagnostic, Precision
from generator.glossary import Glossary, Lexicon
from generator.model import Catalog, Locale, ProductId
from generator.rules import combine
from generator.rules.base import Rule, worst_first
from generator.rules.context import Context
from generator.rules.scope import Scope, declared_of, part


def _found() -> Iterator[Rule]:
    """One rule a file: ``k204_misnumbered_neighbour.py`` holds K204."""
    for name in sorted(module.name for module in iter_modules(__path__)):
        if re.fullmatch(r"[a-z]\d{3}_\w+", name):
            rule: Rule = import_module(f"{__name__}.{name}").RULE
            yield rule


RULES: Final[tuple[Rule, ...]] = tuple(_found())

Asked = tuple[Catalog, Catalog, ProductId, Glossary, Declarations]
"""What rules are asked about: the catalog as written and as corrected, one of its products, and what is known besides."""

Both = tuple[combine.Said, combine.Said]
"""What rules say, each by itself, of the documents as written and as corrected."""

Turn = Callable[[], bool]
"""Says, once for each rule, whether it is still to be asked."""

_OF_WORDS: Final = "NT"
"""Families of rules that look for the words of the glossary."""

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
    turn: Turn = lambda: True,
    rest: Callable[[], Both] = lambda: ({}, {}),
) -> tuple[Diagnostic, ...]:
    """What the rules say of one product, as :func:`check` does: the same whatever other products there are.

    Nothing counts but the product's own documents, the errata and declarations that name it, and what is declared for
    all: the locales, equal links and the glossary.

    Another process may ask rules meanwhile, from the last one on (:func:`last`): then both take turns, and ``rest`` gives
    what the other was told. Rules that nobody has asked in the end are asked here.
    """
    rules, contexts = _of(Scope.PRODUCT), _contexts(written, corrected, product, glossary, declared)
    own = combine.said(takewhile(lambda _: turn(), _in_turn(rules)), *contexts)
    return combine.judged(rules, *contexts, _joined(own, rest()))


def last(asked: Asked, turn: Turn) -> Both:
    """What the last rules say of one product, each by itself: as many, from the very last one back, as have a turn."""
    return combine.said(takewhile(lambda _: turn(), reversed(_in_turn(_of(Scope.PRODUCT)))), *_contexts(*asked))


def _in_turn(rules: tuple[Rule, ...]) -> list[Rule]:
    """The order in which two processes ask rules: those first that look for the same words, so that one does all that."""
    return sorted(rules, key=lambda rule: rule.id[0] not in _OF_WORDS)


def turns() -> int:
    """How many rules are asked about one product."""
    return len(_of(Scope.PRODUCT))


def _contexts(
    written: Catalog,
    corrected: Catalog,
    product: ProductId,
    glossary: Glossary | None,
    declared: Declarations | None,
) -> tuple[Context, Context]:
    own = declared_of(declared or Declarations(), product)
    return Context(part(written, product), glossary, own), Context(part(corrected, product), glossary, own)


def _joined(some: Both, others: Both) -> Both:
    return {**some[0], **others[0]}, {**some[1], **others[1]}


def between_products(
    written: Catalog, corrected: Catalog, glossary: Glossary | None = None, declared: Declarations | None = None
) -> tuple[Diagnostic, ...]:
    """What the rules say of products beside one another, as :func:`check` does; nothing where there is only one."""
    contexts = Context(written, glossary, declared), Context(corrected, glossary, declared)
    return combine.judged(_of(Scope.PRODUCTS), *contexts)


def _of(scope: Scope) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if rule.scope is scope)


def joined(parts: Iterable[Iterable[Diagnostic]]) -> tuple[Diagnostic, ...]:
    """The diagnostics of all ``parts`` as one report, worst first; of equal places those of the earlier part first."""
    return tuple(sorted(chain.from_iterable(parts), key=worst_first))


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
