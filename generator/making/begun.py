"""A build of which everything is read, judged and planned, and nothing is written yet."""

from collections.abc import Mapping

from msgspec import Struct

from generator import pages, pipeline, planning
from generator.labels import Labels
from generator.making import frames
from generator.making.checking import Work
from generator.making.part import Givens
from generator.making.share import Bench
from generator.making.values import Frames
from generator.model import Locale, ProductId
from generator.pipeline import Judged
from generator.site.tree import Listing, Tree
from generator.write import Stage


class Begun(Struct, frozen=True):
    """The first half of a build."""

    work: Work
    judged: Judged
    framed: Frames
    frame_key: bytes
    """That by which ``framed`` is kept."""
    shelf: pages.Shelf
    words: Mapping[Locale, Labels]
    became: planning.Became
    known: bytes
    """The digest of what every page is made of, whatever the documents say."""
    digests: Mapping[ProductId, bytes]
    """Of all that each product's share is made of."""

    def bench(self, tree: Tree, stage: Stage, written: Listing, given: Givens) -> Bench:
        """What to make the products with, in folders that are known."""
        work = self.work
        return Bench(
            shelf=self.shelf,
            settings=work.loaded.settings,
            glossary=work.loaded.glossary,
            renderer=work.renderer,
            spec=work.spec,
            site_url=work.site_url,
            codes=self.became.codes,
            rules=pipeline.rule_infos(),
            shell=frames.shells_of(self.framed),
            tree=tree,
            stage=stage,
            written=written,
            keep=work.kept,
            known=self.known,
            digests=self.digests,
            given=given,
        )
