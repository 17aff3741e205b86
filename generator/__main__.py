"""The program's entry: whoever ends it with Ctrl+C while it still loads sees no traceback."""

import signal
from typing import NoReturn


def run() -> NoReturn:
    """Load the program, which Ctrl+C ends as it ends any other, and from then on let the program handle that."""
    handled = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if handled:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from generator import cli  # noqa: PLC0415 - takes so long that somebody may have second thoughts

    if handled:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.run()


if __name__ == "__main__":
    run()
