"""ruamel's reader, faster, and with a bound on how far one text may go."""

import sys

from ruamel.yaml.reader import Reader

from governance.files.scalars import MOST_TEXT

MOST_READ = 4 * MOST_TEXT
"""Characters a text may take up in the file, with the spaces before its lines."""


class TooLongError(Exception):
    """A text goes on for longer than it may; `start` is where it begins."""

    def __init__(self, start: int) -> None:
        super().__init__()
        self.start = start


class StrictReader(Reader):
    """ruamel's reader, stepping over many characters at once; lines end in LF only."""

    limit: int = sys.maxsize

    def forward(self, length: int = 1) -> None:
        """Moves past `length` characters."""
        start = self.pointer
        self.pointer = end = start + length
        self.index += length
        if self.index > self.limit:
            raise TooLongError(self.limit - MOST_READ)
        breaks = self.buffer.count("\n", start, end)
        if breaks:
            self.line += breaks
            self.column = end - self.buffer.rfind("\n", start, end) - 1
        else:
            self.column += length
