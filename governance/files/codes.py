"""The codes of the faults that reading can find, each with its meaning in English for the documentation."""

from collections.abc import Mapping
from types import MappingProxyType

CODES: Mapping[str, str] = MappingProxyType(
    {
        "folder-missing": "the folder of the rulebook does not exist or cannot be opened",
        "folder-empty": "the folder of the rulebook holds no .yaml file",
        "file-name": "the name of a rule file has odd characters in it, or does not end in .yaml",
        "file-unreadable": "a rule file cannot be opened, or is not a plain file",
        "yaml-too-large": "the file holds more bytes than a rule file may",
        "yaml-too-deep": "values stand inside each other deeper than a rule file may",
        "yaml-too-many-nodes": "the file holds more keys and values than a rule file may",
        "yaml-too-long-scalar": "a text is longer than a rule file may hold",
        "yaml-too-long-key": "a key is longer than a rule file may hold",
        "yaml-too-long-integer": "a whole number has more digits than a rule file may hold",
        "yaml-too-many-faults": "reading stopped because the file has very many faults",
        "yaml-empty": "the file holds nothing but white space and comments",
        "yaml-byte-order-mark": "the file begins with a UTF-8 byte order mark",
        "yaml-utf-7": "the file begins as UTF-7",
        "yaml-utf-16": "the file is UTF-16",
        "yaml-utf-32": "the file is UTF-32",
        "yaml-not-utf-8": "a byte is not valid UTF-8",
        "yaml-line-end": "a line ends with something other than LF or CRLF",
        "yaml-tab": "a tab; only spaces may stand between words and before lines",
        "yaml-control-character": "a NUL or other control character",
        "yaml-direction-character": "a character that turns the direction of writing (bidi control)",
        "yaml-invisible-character": "a character that cannot be seen, such as a zero-width or no-break space",
        "yaml-unassigned-character": "a character that Unicode has given no public meaning",
        "yaml-stacked-marks": "more combining marks on one letter than Unicode's stream-safe format allows",
        "yaml-not-nfc": "text that is not in Unicode normal form C",
        "yaml-foreign-letter": "a key or a one-word value holds a character outside the Latin letters",
        "yaml-escape": "an escape in double quotes other than a quote, a backslash or a line break",
        "yaml-syntax": "the file is not YAML",
        "yaml-directive": "a directive such as %YAML or %TAG",
        "yaml-tag": "a tag such as !!str",
        "yaml-anchor": "an anchor such as &name",
        "yaml-alias": "an alias such as *name",
        "yaml-merge-key": "the merge key <<",
        "yaml-several-documents": "more than one document in a file",
        "yaml-not-a-mapping": "the file as a whole is not keys with values",
        "yaml-key-not-text": "a key that is a number, true, false, null, or a collection",
        "yaml-duplicate-key": "a key that stands twice in the same place",
    }
)
