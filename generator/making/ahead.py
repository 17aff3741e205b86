"""What one process makes ready while another makes the products: after a small change both take as long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from generator import crew
from generator.errors import CodeglotError
from generator.layout import Layout
from generator.making import share
from generator.making.begun import Begun
from generator.making.part import NOTHING
from generator.making.share import Ready
from generator.site.tree import Tree
from generator.write import MANIFEST, Stage

Pages = tuple[tuple[Ready, ...], ...]
"""The pages of no product, for each locale."""

Answer = Callable[[], Pages | None]


@contextmanager
def made(begun: Begun, layout: Layout, meanwhile: Callable[[], object]) -> Iterator[Answer]:
    """Have them made beside this process where few products are to be made; what is given waits for them.

    Before it waits it does something ``meanwhile``. It gives nothing where the other process could not, or was ended: then
    all is made here.
    """
    keep = begun.work.kept
    wanted = sum(not keep.knows("share", digest) for digest in begun.digests.values())
    if wanted > crew.FEW or keep.holds or not crew.idle():
        yield lambda: None
        return
    with crew.beside(_made, (begun, layout)) as answer:
        yield lambda: _answered(answer, meanwhile)


def _made(asked: tuple[Begun, Layout]) -> Pages:
    begun, layout = asked
    # Nothing is written.
    nowhere = Tree(layout.site, {}, layout.site, {}), Stage(layout.docs, MANIFEST, repaired=False)
    bench = begun.bench(*nowhere, {}, NOTHING)
    return share.all_ready(bench)


def _answered(answer: Callable[[], Pages], meanwhile: Callable[[], object]) -> Pages | None:
    meanwhile()
    try:
        return answer()
    except CodeglotError:
        # Whatever is wrong is come upon here, too, and told.
        return None
