"""What can be wrong with the database itself."""

from __future__ import annotations

from governance.model import Text


class StoreError(Exception):
    """The database cannot be opened, or holds what this version cannot read; told in both languages.

    ``unknown_outcome``: the answer to a COMMIT was lost, so nobody knows whether it was stored. Sending the
    same command again with the same key settles it.
    """

    def __init__(self, text: Text, *, unknown_outcome: bool = False) -> None:
        self.text = text
        self.unknown_outcome = unknown_outcome
        super().__init__(text.en)
