"""A link leads to another language's part of a site.

## What it does

Reads the language from a link's address: a segment (`/zh-cn/`), a label of the host (`zh.`). Reports a link that names
the language of another locale of the catalog, where the product links to that site in more languages; it is a warning
where the document's other links to that site name its own language, and a note, one for the site, where the document
never does. Reports a link to the host that a peer's
document mostly uses, too, where this document mostly uses another host of the same domain.

## Why it matters

The reader lands on a page that they cannot read.

## Example

Twelve links of an English document begin with `https://sdk.example/en/`, one with `https://sdk.example/zh-cn/`.

## How to fix

Lead to the page in this language.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from generator.diagnostics import Diagnostic, Precision, Severity
from generator.model import Document
from generator.rules.base import Rule, diagnose, diagnose_cell, listed, quoted, witness
from generator.rules.context import Context
from generator.rules.links import LinkUse, beside, links

_MOST: Final = 3
"""A document's usual host is one that at least so many of its links, and three in four of a domain's, lead to."""


def _check(context: Context) -> Iterator[Diagnostic]:
    usual = {document.path: _usual_hosts(context, document) for document in context.catalog.documents}
    for document in context.catalog.documents:
        own = document.locale.partition("-")[0].lower()
        uses = context.once(links)[document.path]
        at_home = Counter(use.host for use in uses if use.language.partition("-")[0] == own)
        theirs = _hosts_of_peers(context, document, usual)
        for use in uses:
            if use.language and use.language.partition("-")[0] != own:
                if len(context.once(_spoken)[use.host]) > 1:
                    yield _other_language(context, document, use, at_home[use.host])
            elif use.host in theirs and (better := usual[document.path].get(_domain(use.host), use.host)) != use.host:
                yield _other_host(context, document, use, better, theirs[use.host])


def _other_language(context: Context, document: Document, use: LinkUse, at_home: int) -> Diagnostic:
    return _diagnostic(
        context,
        document,
        use,
        f"the link leads to the {quoted(use.language)} part of {use.host}"
        + (f"; {at_home} other{'s' if at_home > 1 else ''} lead to this language's" if at_home else ""),
        severity=None if at_home else Severity.NOTE,
        precision=Precision.HIGH if at_home else Precision.MEDIUM,
        evidence=[use.language, use.host, use.target.path],
        cluster=f"{use.language} part of {use.host}",
    )


def _other_host(context: Context, document: Document, use: LinkUse, better: str, peers: list[str]) -> Diagnostic:
    return _diagnostic(
        context,
        document,
        use,
        f"the link leads to {use.host}, as those of {listed(peers)} do; most links here lead to {better}",
        severity=None,
        precision=Precision.MEDIUM,
        evidence=[use.host, use.target.path],
        cluster=use.host,
    )


def _diagnostic(
    context: Context,
    document: Document,
    use: LinkUse,
    message: str,
    *,
    severity: Severity | None,
    precision: Precision,
    evidence: list[str],
    cluster: str,
) -> Diagnostic:
    hint = "lead to the page in this language"
    if use.entry is None:
        return diagnose(
            RULE,
            document,
            use.span,
            message,
            hint=hint,
            severity=severity,
            precision=precision,
            evidence=evidence,
            cluster=cluster,
        )
    others = [pair.other_entry for pair in context.once(beside).get(id(use), ()) if pair.other.language != use.language]
    return diagnose_cell(
        RULE,
        context,
        use.entry,
        use.column,
        message,
        span=use.span,
        hint=hint,
        related=[witness(entry, use.column) for entry in others],
        severity=severity,
        precision=precision,
        evidence=evidence,
        cluster=cluster,
    )


def _spoken(context: Context) -> Mapping[str, frozenset[str]]:
    """For each host the languages that the links to it name, in any document of the product."""
    found: dict[str, set[str]] = {}
    for uses in context.once(links).values():
        for use in uses:
            found.setdefault(use.host, set()).add(use.language.partition("-")[0])
    return {host: frozenset(languages - {""}) for host, languages in found.items()}


def _usual_hosts(context: Context, document: Document) -> dict[str, str]:
    """For each domain the host to which most of a document's links to it lead."""
    counts: dict[str, Counter[str]] = {}
    for use in context.once(links)[document.path]:
        if use.host and use.entry and not use.language:
            counts.setdefault(_domain(use.host), Counter())[use.host] += 1
    found = {}
    for domain, hosts in counts.items():
        host, most = hosts.most_common(1)[0]
        if most >= _MOST and 4 * most >= 3 * sum(hosts.values()):
            found[domain] = host
    return found


def _hosts_of_peers(
    context: Context, document: Document, usual: Mapping[str, Mapping[str, str]]
) -> Mapping[str, list[str]]:
    """The usual hosts of the peers, each with the peers' locales."""
    found: dict[str, list[str]] = {}
    for peer in context.edition_of(document):
        for host in usual[peer.path].values() if peer.locale != document.locale else ():
            found.setdefault(host, []).append(peer.locale)
    return found


def _domain(host: str) -> str:
    return ".".join(host.split(".")[-2:])


RULE: Final = Rule(
    id="L406",
    name="link-host-locale",
    severity=Severity.WARNING,
    precision=Precision.HIGH,
    summary="A link leads to another language's part of a site",
    docs=__doc__,
    check=_check,
)
