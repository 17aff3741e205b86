"""What programs are given: the shapes of the files below ``api/v1/``. A field may be added, none goes or changes."""

from typing import Literal

from msgspec import Struct

from generator.diagnostics import Severity, State
from generator.model import Column, EditionId, Locale, ProductId


class ApiFile(Struct, frozen=True):
    """One file, or one kind of files, for programs."""

    name: str
    url: str
    """With {address}, such as gme/7006, where there is one file for each code."""
    type: str
    """The media type."""
    schema: str | None
    """The part of the schema that describes it; null where it is no JSON."""
    about: str


class IndexFile(Struct, frozen=True):
    """What there is for programs."""

    title: dict[Locale, str]
    source_locale: Locale
    locales: tuple[Locale, ...]
    home: dict[Locale, str]
    search: dict[Locale, str]
    """With {searchTerms} in the place of what is asked, percent-encoded."""
    files: tuple[ApiFile, ...]


class ApiEdition(Struct, frozen=True):
    """One edition of a product."""

    id: EditionId
    published: str | None
    """ISO 8601 to the precision known; null if unknown."""
    locales: tuple[Locale, ...]


class ApiProduct(Struct, frozen=True):
    """One product."""

    id: ProductId
    titles: dict[Locale, str]
    urls: dict[Locale, str]
    markdown: dict[Locale, str]
    editions: tuple[ApiEdition, ...]
    """Newest first."""


class CodeSummary(Struct, frozen=True, kw_only=True):
    """One code of one product."""

    address: str
    """Product and slug, the same in all addresses: gme/7006."""
    product: ProductId
    code: str
    """As published."""
    kind: Literal["integer", "symbol", "range", "list"]
    decimal: int | tuple[int, ...] | None
    """The number; for a range its first and last, for a list its members; null for a symbol."""
    hexadecimal: str | tuple[str, ...] | None
    """The same in the same shape, with sign and 0x."""
    names: tuple[str, ...]
    """The identifiers in the newest edition that lists the code, those of the source locale first."""
    former_names: tuple[str, ...]
    """Identifiers that only older editions have."""
    retired: bool
    """The newest edition no longer lists the code."""
    replaced_by: str | None
    """The address of the code that replaced it; null where none is known."""
    meaning_count: int
    """0 where no document lists the code any more."""
    summaries: dict[Locale, str]
    """One line for what it means, in each locale that has a text; the last text of a code that no document lists."""
    urls: dict[Locale, str]
    """Its page in every locale."""
    json: str
    """All that is known of it."""
    link: str
    """The link for tickets, in no language."""


class CodesFile(Struct, frozen=True):
    """All codes of all products."""

    source_locale: Locale
    locales: tuple[Locale, ...]
    products: tuple[ApiProduct, ...]
    codes: tuple[CodeSummary, ...]


class ApiLink(Struct, frozen=True):
    """Words of a text that lead somewhere."""

    text: str
    url: str
    """Absolute; a target that the document gives relative is resolved against the vendor's site."""


class ApiField(Struct, frozen=True):
    """What one cell says."""

    column: Column
    header: str
    """The document's own word for the column."""
    text: str
    """Plain text on one line."""
    links: tuple[ApiLink, ...]


class ApiSource(Struct, frozen=True):
    """Where a row stands."""

    file: str
    """Relative to the folder of the documents."""
    line: int
    end_line: int
    url: str | None
    """The original on the web; null where none is declared."""


class ApiCorrection(Struct, frozen=True):
    """What a reviewed erratum puts right in a row."""

    column: Column
    written: str
    """What the document says there; empty where it says nothing."""
    corrected: str
    reason: str
    evidence: tuple[str, ...]


class ApiText(Struct, frozen=True, kw_only=True):
    """One row: what one document says about the code."""

    locale: Locale
    edition: EditionId
    published: str | None
    """When the document was published, ISO 8601 to the precision known; null if unknown."""
    current: bool
    """It is of the product's newest edition."""
    code: str
    """As this row writes it."""
    name: str | None
    fields: tuple[ApiField, ...]
    """All but code and name, in the order of the columns."""
    outside: tuple[str, ...]
    """Words of the row that stand in none of the table's columns."""
    source: ApiSource
    corrections: tuple[ApiCorrection, ...]


class ApiSection(Struct, frozen=True):
    """Where in its product a meaning stands."""

    titles: dict[Locale, str]
    urls: dict[Locale, str]


class ApiMeaning(Struct, frozen=True):
    """One thing that the code means."""

    section: ApiSection
    retired: bool
    texts: tuple[ApiText, ...]
    """Newest edition first, then by locale; a row that a document lists twice is here twice."""
    previous: str | None
    """The address of the code before it in its section; null for the first."""
    next: str | None


class ApiDiagnostic(Struct, frozen=True):
    """An open error or warning about the code; discrepancies.json says more of it."""

    fingerprint: str
    rule: str
    severity: Severity
    state: State
    message: str
    """In English."""
    locale: Locale
    edition: EditionId
    file: str
    line: int
    urls: dict[Locale, str]
    """Where people read it."""


class CodeFile(CodeSummary, frozen=True, kw_only=True):
    """One code of one product, with everything that is known of it."""

    product_titles: dict[Locale, str]
    markdown: dict[Locale, str]
    """Its page as Markdown, in every locale."""
    meanings: tuple[ApiMeaning, ...]
    same_number: tuple[str, ...]
    """Addresses of the codes of other products that are the same number."""
    other_base: tuple[str, ...]
    """Addresses of the product's codes that the same digits are in the other base."""
    diagnostics: tuple[ApiDiagnostic, ...]
