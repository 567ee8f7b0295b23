"""What can be wrong with the database itself."""

from __future__ import annotations

from governance.model import Text


class StoreError(Exception):
    """The database cannot be opened, or holds what this version cannot read; told in both languages."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)
