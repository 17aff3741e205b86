"""The site on this machine, built again whenever a source or a template changes."""

import gc
from collections.abc import Callable
from functools import partial

from generator import making
from generator.kept import Kept
from generator.layout import Layout
from generator.making.glimpse import Glimpse
from generator.site import loopback, place, theme


def serve(layout: Layout, port: int, say: Callable[[str], None], site_url: str = "") -> None:
    """Build, show the site on this machine, and build again whenever a source or a template changes."""
    # The pages name their own address, so the port has to be known before they are built.
    port = port or loopback.free_port()
    address = site_url or f"http://127.0.0.1:{port}/"
    keep = Kept(place.kept_of(layout.site.resolve()), hold=True)
    glimpse = Glimpse(layout, address, keep)

    def build() -> None:
        # A person who has edited a row wants to see it; what else it changes takes longer.
        glimpse.show()
        making.build(layout, address, say, keep=keep)

    loopback.serve(
        partial(_unhindered, build),
        layout.site,
        watch=(layout.source, layout.templates),
        ignore=(layout.docs,),
        say=say,
        port=port,
        base=theme.base_path(address),
    )


def _unhindered(make: Callable[[], None]) -> None:
    """Build, looking for garbage only afterwards: while a build goes on, everything it makes is wanted."""
    gc.disable()
    try:
        make()
    finally:
        gc.enable()
        gc.collect()
