"""The events of a rule file's syntax, in order, as ruamel's parser finds them."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import Event
from ruamel.yaml.parser import Parser

from governance.files.collector import Collector, Position
from governance.files.reader import StrictReader, TooLongError
from governance.files.scalars import refuse_long
from governance.files.scanner import StrictScanner
from governance.files.syntax import explain
from governance.files.text import place


def events_of(text: str, faults: Collector) -> Iterator[Event]:
    """The events of a text without control characters; raises `RuleError` where it stops being YAML."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Reader, yaml.Scanner, yaml.Parser = (
        StrictReader,
        partial(StrictScanner, collector=faults),
        StrictParser,
    )
    try:
        yield from yaml.parse(text)
    except MarkedYAMLError as error:
        mark, message, mend = explain(error, text)
        faults.stop("yaml-syntax", mark, message, mend)
    except TooLongError as error:
        refuse_long(faults, place(text, error.start), text[error.start :])
    except YAMLError:
        faults.stop("yaml-syntax", (1, 1), "filen kan ikke læses som YAML")


def position(mark: Any) -> Position:
    """A mark of ruamel's, counted from 1."""
    return mark.line + 1, mark.column + 1


class StrictParser(Parser):
    """ruamel's parser, which otherwise looks its scanner up anew each time."""

    scanner: Any = None

    def __init__(self, loader: YAML) -> None:
        self.scanner = loader.scanner
        super().__init__(loader)
