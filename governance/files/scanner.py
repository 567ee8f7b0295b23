"""ruamel's scanner made strict: it refuses while it reads, before a document or even an event exists.

What YAML allows and a rule file does not (tags, anchors, aliases, directives, most escapes) is noted and
passed over, so that the rest of the file is judged too. Depth is bounded here because the scanner reads ahead
of its parser, and looks at every open bracket again for each new one.
"""

import re
import sys
from collections.abc import Callable
from typing import Any

from ruamel.yaml import YAML, tokens
from ruamel.yaml.scanner import Scanner, ScannerError

from governance.files.collector import Collector, Position, quoted
from governance.files.reader import MOST_READ
from governance.files.text import place

MOST_DEPTH = 24
FARTHEST_KEY = 1024
"""Characters from the start of a key to its colon, by YAML's own rule."""

_GAP = re.compile(r"(?: *+(?:#[^\n\0]*+)?\n)*+ *+(?:#[^\n\0]*+)?")
_WORD = re.compile(r"[^\s,\[\]{}\0]*")
_LINE = re.compile(r"[^\n\0]*")
_LINES = re.compile(r"((?: *+\n)++) *+")
_BLOCK_WORDS, _FLOW_WORDS = (
    re.compile(rf"{word}(?: ++(?!\#){word})*+")
    for word in (r"(?:[^ \n\0:]|:(?![ \n\0]))++", r"(?:[^ \n\0:,\[\]{}]|:(?![ \n\0]))++")
)
_DOUBLE_QUOTED = re.compile(r'"(?:[^"\\\0]|\\[^\0])*+"')
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ALLOWED_ESCAPES = frozenset({'\\"', "\\\\", "\\n"})


class StrictScanner(Scanner):
    """ruamel's scanner for rule files."""

    reader: Any = None  # a property in ruamel; looked up a million times in a large file
    looked: bool = False
    """Whether enough is scanned to hand on the next token: so it stays until that one is taken."""

    def __init__(self, loader: YAML, collector: Collector) -> None:
        self.reader = loader.reader
        self.collector = collector
        super().__init__(loader)

    def check_token(self, *choices: Any) -> bool:
        """Whether the next token is one of `choices`; the same as ruamel's, in fewer steps."""
        if not self.looked:
            self._look()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def peek_token(self) -> Any:
        """The next token; the same as ruamel's, in fewer steps."""
        if not self.looked:
            self._look()
        return self.tokens[0] if self.tokens else None

    def get_token(self) -> Any:
        """The next token, taken off; the same as ruamel's, in fewer steps."""
        if not self.looked:
            self._look()
        if not self.tokens:
            return None
        self.looked = False
        self.tokens_taken += 1
        return self.tokens.pop(0)

    def _look(self) -> None:
        while (not self.tokens or self.possible_simple_keys) and self.need_more_tokens():
            self.fetch_more_tokens()
        self.looked = True

    def need_more_tokens(self) -> bool:
        """Whether the next token may still turn out to be a key; the same as ruamel's, in fewer steps."""
        if self.done:
            return False
        if not self.tokens:
            return True
        self.stale_possible_simple_keys()
        oldest = next(iter(self.possible_simple_keys.values()), None)
        return oldest is not None and bool(oldest.token_number == self.tokens_taken)

    def stale_possible_simple_keys(self) -> None:
        """Forgets what is too far back to be a key; while the oldest is near enough, all are."""
        for oldest in self.possible_simple_keys.values():
            near = oldest.line == self.reader.line and self.reader.index - oldest.index <= FARTHEST_KEY
            if near:
                return
            break
        super().stale_possible_simple_keys()

    def scan_to_next_token(self) -> None:
        """Passes over spaces, comments and line breaks in one step."""
        reader = self.reader
        reader.limit = sys.maxsize
        gap = _GAP.match(reader.buffer, reader.pointer)
        if gap and gap[0]:
            if not self.flow_context and "\n" in gap[0]:
                self.allow_simple_key = True
            reader.forward(len(gap[0]))

    def add_indent(self, column: int) -> bool:
        """Opens a block; stops when it stands too deep."""
        opened: bool = super().add_indent(column)
        if opened:
            self._refuse_depth(column)
        return opened

    def fetch_flow_collection_start(self, TokenClass: Any, to_push: str) -> None:  # noqa: N803 - ruamel's name
        """Opens a bracket; stops when it stands too deep."""
        super().fetch_flow_collection_start(TokenClass, to_push)
        self._refuse_depth(self.reader.column - 1)

    def _refuse_depth(self, column: int) -> None:
        if len(self.indents) + len(self.flow_context) > MOST_DEPTH:
            refuse_depth(self.collector, (self.reader.line + 1, column + 1))

    def fetch_tag(self) -> None:
        """Notes a tag, and hands on one without meaning."""
        self._refuse_property("yaml-tag", "et tag", "skriv værdien uden", tokens.TagToken, (None, "!"))

    def fetch_anchor(self) -> None:
        """Notes an anchor."""
        self._refuse_property(
            "yaml-anchor", "et anker", "skriv værdien ud hvert sted", tokens.AnchorToken, "x"
        )

    def fetch_alias(self) -> None:
        """Notes an alias, and hands on nothing in its place."""
        self._refuse_property("yaml-alias", "en henvisning", "skriv værdien ud", tokens.AliasToken, "x")

    def _refuse_property(self, code: str, what: str, mend: str, token: Any, value: object) -> None:
        self.save_possible_simple_key()
        self.allow_simple_key = False
        start = self.reader.get_mark()
        word = _WORD.match(self.reader.buffer, self.reader.pointer)
        written = word[0] if word else ""
        help_ = f"{mend}; er det tekst, så sæt den i anførselstegn"
        self.collector.add(
            code,
            (start.line + 1, start.column + 1),
            f"{quoted(written)} er {what}, som en regelfil ikke må bruge",
            help_,
        )
        self.reader.forward(len(written))
        self.tokens.append(token(value, start, self.reader.get_mark()))

    def fetch_directive(self) -> None:
        """Notes a directive, and hands on nothing."""
        line = _LINE.match(self.reader.buffer, self.reader.pointer)
        written = line[0] if line else ""
        message = f"{quoted(written)} er et direktiv, som en regelfil ikke må bruge"
        self.collector.add(
            "yaml-directive", (self.reader.line + 1, self.reader.column + 1), message, "fjern linjen"
        )
        self.reader.forward(len(written))

    def scan_plain(self) -> Any:
        """A text without quotes: in one step if it stands on one line, otherwise as ruamel does it."""
        reader = self.reader
        words = (_FLOW_WORDS if self.flow_context else _BLOCK_WORDS).match(reader.buffer, reader.pointer)
        if not words:
            return self._bounded(super().scan_plain)
        gap = _LINES.match(reader.buffer, words.end())
        if gap and (self.flow_context or gap.end() - gap.end(1) > self.indent):
            return self._bounded(super().scan_plain)
        start = reader.get_mark()
        reader.forward(len(words[0]))
        token = tokens.ScalarToken(words[0], True, start, reader.get_mark())  # noqa: FBT003 - ruamel's signature
        if gap:
            reader.forward(len(gap[0]))
            self.allow_simple_key = True
        return token

    def scan_block_scalar(self, style: str, *args: Any) -> Any:
        """A text under `|` or `>`."""
        return self._bounded(super().scan_block_scalar, style, *args)

    def _bounded(self, scan: Callable[..., Any], *args: Any) -> Any:
        """Stops a text that goes on over very many lines before all of it is read."""
        self.reader.limit = self.reader.index + MOST_READ
        token = scan(*args)
        self.reader.limit = sys.maxsize
        return token

    def scan_flow_scalar(self, style: str) -> Any:
        """A quoted text; notes escapes a rule file may not use, and hands on an empty text in its place."""
        reader = self.reader
        start = reader.get_mark()
        if style != '"':
            return self._bounded(super().scan_flow_scalar, style)
        found = _DOUBLE_QUOTED.match(reader.buffer, reader.pointer)
        if not found:  # ruamel would first stumble over its escapes
            raise ScannerError(
                "while scanning a quoted scalar", start, "found unexpected end of stream", start
            )
        refused = [escape for escape in _ESCAPE.finditer(found[0]) if escape[0] not in _ALLOWED_ESCAPES]
        if not refused:
            return self._bounded(super().scan_flow_scalar, style)
        for escape in refused:
            at = place(reader.buffer, found.start() + escape.start())
            message = f"{quoted(escape[0])} er en escapekode, som en regelfil ikke må bruge"
            self.collector.add(
                "yaml-escape", at, message, 'skriv tegnet selv; kun \\", \\\\ og \\n er tilladt'
            )
        reader.forward(len(found[0]))
        return tokens.ScalarToken("", False, start, reader.get_mark(), style)  # noqa: FBT003 - ruamel's own signature


def refuse_depth(faults: Collector, at: Position) -> None:
    """Stops reading a file whose values stand too deep."""
    message = f"værdier står mere end `{MOST_DEPTH}` lag inde i hinanden"
    faults.stop("yaml-too-deep", at, message, "del reglen op")
