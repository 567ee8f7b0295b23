"""Find a clause's source sentence in a document by its digest, without holding its words."""

import hashlib
from dataclasses import dataclass

BULLETS = frozenset({"•", "\uf0a7", "-", "o"})


@dataclass(frozen=True, slots=True)
class Located:
    """A clause found in a document: its folded sentence and its lines, counted from 1, both included."""

    text: str
    first_line: int
    last_line: int


def fold(text: str) -> tuple[str, ...]:
    """The words of a text, free of white space, line breaks and bullets that stand alone."""
    return tuple(word for word in text.split() if word not in BULLETS)


def digest_of(words: tuple[str, ...]) -> str:
    """SHA-256, in lower-case hexadecimal, of folded words joined by single spaces, as UTF-8."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def locate(document: str, words: int, digest: str) -> Located | None:
    """The first run of `words` words in the document whose digest is the one given, or None.

    A run may cross lines, pages and bullets. Raises ValueError if `words` is below 1.
    """
    if words < 1:
        raise ValueError(f"words must be at least 1, got {words}")
    numbered = [(word, line) for line, row in enumerate(document.split("\n"), start=1) for word in fold(row)]
    for start in range(len(numbered) - words + 1):
        run = tuple(word for word, _ in numbered[start : start + words])
        if digest_of(run) == digest:
            return Located(" ".join(run), numbered[start][1], numbered[start + words - 1][1])
    return None
