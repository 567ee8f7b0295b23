"""Texts put into one language and made safe for every format; dates, hours and numbers as one writes them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from fractions import Fraction

from governance.documents.papers import Words
from governance.model import Text
from governance.prose.values import say_date, say_number, say_weekday
from governance.values import Span

NOT_TOLD = Text("ikke oplyst", "not stated")
NONE_RECORDED = Text("ingen registreret", "none recorded")
PAGE = Text("Side", "Page")
OF = Text("af", "of")
AT_LEAST = Text("mindst", "at least")
AT_MOST = Text("højst", "at most")
EMPTY = "–"

_LINES = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
_CLOSED_BY = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}


def say(words: Words, language: str) -> str:
    """A text in a language, as letters that every format can hold; with line feeds between lines."""
    text = words.in_language(language) if isinstance(words, Text) else words
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_LINES)).split("\n")
    said = "\n".join(_line(line) for line in lines).strip()
    return "" if all(unicodedata.category(letter) in ("Cf", "Zs") for letter in said) else said


def say_line(words: Words, language: str) -> str:
    """A text as one line."""
    return " ".join(say(words, language).split())


def say_briefly(words: Words, language: str, most: int = 90) -> str:
    """The beginning of a text, in one line."""
    line = say_line(words, language)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def say_or(words: Words, language: str, instead: Words = NOT_TOLD) -> str:
    """A text, or what to say when there is none."""
    return say(words, language) or say(instead, language)


def _line(line: str) -> str:
    kept = "".join(letter for letter in line.replace("\t", " ") if _storable(letter)).rstrip()
    return kept + _closing(kept)


def _storable(letter: str) -> bool:
    """Whether XML and UTF-8 can hold a letter: no control character, half of a pair or non-character."""
    return unicodedata.category(letter) not in ("Cc", "Cs") and ord(letter) & 0xFFFE != 0xFFFE  # noqa: PLR2004 - the two non-characters of each plane


def _closing(line: str) -> str:
    """What ends the reversals of direction a line begins, so that they reach no further than the text."""
    open_: list[str] = []
    for letter in line:
        if letter in _CLOSED_BY:
            open_.append(_CLOSED_BY[letter])
        elif open_ and letter == open_[-1]:
            open_.pop()
    return "".join(reversed(open_))


def known_day(span: Span) -> date | None:
    """The day a date is, when it is known to the day."""
    return span.point if isinstance(span.point, date) else None


def say_when(span: Span, language: str, instead: Words = NOT_TOLD) -> str:
    """A date as far as it is known."""
    return say(instead if span == Span() else say_date(span), language)


def say_with_weekday(span: Span, language: str) -> str:
    """A date with its weekday when it is known to the day."""
    day = known_day(span)
    return say(say_weekday(day), language) if day else say_when(span, language)


def say_hours(starts: time | None, ends: time | None, language: str) -> str:
    """kl. 10.00–15.00; not stated without a start."""
    if starts is None:
        return say(NOT_TOLD, language)
    mark, before = (":", "") if language == "en" else (".", "kl. ")
    return before + "–".join(f"{each:%H}{mark}{each:%M}" for each in (starts, ends) if each)


def say_amount(span: Span, language: str) -> str:
    """A number, a range of numbers, or nothing for what is unknown."""
    low, high = span.low, span.high
    if isinstance(low, Fraction) and isinstance(high, Fraction):
        ends = dict.fromkeys(say(say_number(each), language) for each in (low, high))
        return "–".join(ends)
    if isinstance(low, Fraction):
        return f"{say(AT_LEAST, language)} {say(say_number(low), language)}"
    if isinstance(high, Fraction):
        return f"{say(AT_MOST, language)} {say(say_number(high), language)}"
    return ""


def join(parts: Iterable[str], between: str = ", ") -> str:
    """The parts that say something."""
    return between.join(part for part in parts if part)


def in_utc(written: datetime) -> datetime:
    """The moment in UTC, whole seconds; ValueError for one that does not say its time zone."""
    if written.tzinfo is None:
        raise ValueError("the moment a paper is written must say its time zone")
    return written.astimezone(UTC).replace(microsecond=0)
