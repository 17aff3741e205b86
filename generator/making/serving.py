"""The site on this machine, built again whenever a source or a template changes."""

import gc
from collections.abc import Callable
from functools import partial

from generator import making
from generator.kept import Kept
from generator.layout import Layout
from generator.making import Made
from generator.site import loopback, place, theme


def serve(layout: Layout, port: int, say: Callable[[str], None], site_url: str = "") -> None:
    """Build, show the site on this machine, and build again whenever a source or a template changes."""
    # The pages name their own address, so the port has to be known before they are built.
    port = port or loopback.free_port()
    address = site_url or f"http://127.0.0.1:{port}/"
    keep = Kept(place.kept_of(layout.site.resolve()), hold=True)
    loopback.serve(
        partial(_unhindered, partial(making.build, layout, address, say, keep=keep)),
        layout.site,
        watch=(layout.source, layout.templates),
        ignore=(layout.docs,),
        say=say,
        port=port,
        base=theme.base_path(address),
    )


def _unhindered(make: Callable[[], Made]) -> None:
    """Build, looking for garbage only afterwards: while a build goes on, everything it makes is wanted."""
    gc.disable()
    try:
        make()
    finally:
        gc.enable()
        gc.collect()
