"""Errors meant for people: what is wrong, where, and what to do."""


class CodeglotError(Exception):
    """A condition the person at the keyboard can mend; the command line prints it and exits with 2.

    ``path``, ``line`` and ``column`` say where it is (empty and 0 where there is no such place); ``hint`` says what
    to do.
    """

    def __init__(self, message: str, *, path: str = "", line: int = 0, column: int = 0, hint: str = "") -> None:
        """Keep the parts, so that a report can set them out."""
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.hint = hint

    def __str__(self) -> str:
        """The error as ``path:line:column: message``, with the hint on a line of its own."""
        place = ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])
        text = f"{place}: {self.message}" if self.path else self.message
        return f"{text}\n  hint: {self.hint}" if self.hint else text
