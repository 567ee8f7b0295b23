"""What people write, made sure of before it goes anywhere: ids, texts, dates, and names that must exist."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable
from datetime import date
from difflib import get_close_matches
from heapq import nlargest
from itertools import takewhile
from typing import TypeVar

from governance.model import RequestError, Text
from governance.notation import MOST_TEXT, read_when
from governance.prose.values import say_day
from governance.service.danish import read_two_ways, short_year, written_date, written_number
from governance.values import Kind, Span, day

T = TypeVar("T")

MOST_ID = 100
MOST_TITLE = 500
MOST_KEY = 200
MOST_DIGITS = 15
TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
KEY = Text("nøglen", "the key")


class Problems:
    """Gathers what is wrong with a request, so that all of it is told at once."""

    def __init__(self) -> None:
        self._found: list[Text] = []

    def take(self, make: Callable[[], T], instead: T) -> T:
        """What ``make`` gives; its RequestError is kept for later and ``instead`` given."""
        try:
            return make()
        except RequestError as error:
            self._found += error.problems
            return instead

    @property
    def found(self) -> tuple[Text, ...]:
        """Everything found so far."""
        return tuple(self._found)

    def raise_if_any(self) -> None:
        """Tell everything found so far."""
        if self._found:
            raise RequestError(*self._found)


def clean_id(text: str) -> str:
    """An id as given, in Unicode's composed form; RequestError when it cannot be one."""
    id_ = unicodedata.normalize("NFC", text.strip())
    odd = any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp") for letter in id_)
    unfit = any(part in ("", ".", "..") for part in id_.split("/"))
    if unfit or len(id_) > MOST_ID or odd:
        shown = printable(id_)
        raise RequestError(
            Text(
                f"`{shown}` kan ikke være et nummer; skriv 1 til {MOST_ID} almindelige tegn",
                f"`{shown}` cannot be a number; write 1 to {MOST_ID} ordinary characters",
            )
        )
    return id_


def clean_key(key: str) -> str:
    """The key of a command as given; RequestError when it cannot be one."""
    return clean_text(key, KEY, most=MOST_KEY)


def clean_text(text: str, name: Text, *, most: int = MOST_TEXT, needed: bool = False) -> str:
    """A text in Unicode's composed form; RequestError when it is missing, too long or cannot be stored."""
    if not storable(text):
        raise RequestError(
            Text(
                f"{name.da} indeholder tegn, der ikke kan gemmes; fjern styretegn",
                f"{name.en} holds characters that cannot be stored; remove control characters",
            )
        )
    cleaned = unicodedata.normalize("NFC", text.strip())
    if needed and not cleaned:
        raise RequestError(Text(f"{name.da} mangler; skriv en tekst", f"{name.en} is missing; write a text"))
    if len(cleaned) > most:
        raise RequestError(
            Text(
                f"{name.da} er på {len(cleaned)} tegn; skriv højst {most}",
                f"{name.en} has {len(cleaned)} characters; write at most {most}",
            )
        )
    return cleaned


def clean_title(text: str, name: Text, *, needed: bool = False) -> str:
    """A title on one line; RequestError for what no text may hold, and for marks that turn its direction."""
    if any(unicodedata.bidirectional(letter) in TURNING for letter in text):
        raise RequestError(
            Text(
                f"{name.da} indeholder tegn, der vender skriftens retning; fjern dem",
                f"{name.en} holds marks that turn the direction of writing; remove them",
            )
        )
    return clean_text(" ".join(clean_text(text, name).split()), name, most=MOST_TITLE, needed=needed)


def storable(text: str) -> bool:
    """Whether a text holds no control character but line breaks and tabs, and no half of a character."""
    return all(unicodedata.category(letter) not in ("Cc", "Cs") or letter in "\n\r\t" for letter in text)


def printable(text: str, most: int = 40) -> str:
    """The beginning of a text with what cannot be shown put as escapes."""
    start = text[:most].replace("`", "'")
    shown = (
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in start
    )
    return "".join(shown)


def line_number(text: str) -> int:
    """The number of a line of the record or a log; RequestError for what is none."""
    asked = text.strip()
    if asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS and int(asked) > 0:
        return int(asked)
    raise RequestError(
        Text(
            f"`{printable(asked)}` er ikke et nummer i registret; skriv et helt tal fra 1",
            f"`{printable(asked)}` is no number in the record; write a whole number from 1",
        )
    )


def query_date(text: str, today: date) -> Span:
    """The date a question is about: empty is today; may lie ahead, and must have an end."""
    on = _read_date(text, today)
    if on.high is None:
        raise RequestError(
            Text(
                f"`{text.strip()}` har ingen slutning; skriv den dato, der spørges om",
                f"`{text.strip()}` has no end; write the date you ask about",
            )
        )
    return on


def query_day(text: str, today: date) -> date:
    """The day a question is about: the last one of a date that is a month or a year."""
    end = query_date(text, today).high
    return end if isinstance(end, date) else today


def _read_date(text: str, today: date) -> Span:
    if not text.strip():
        return day(today)
    return read_when(in_notation(printable(text.strip(), MOST_ID), Kind("date")))


def in_notation(text: str, kind: Kind) -> str:
    """What somebody wrote as Danes do, in the notation of the record; RequestError when it says two things.

    A date is 9.9.2025 or 9. september 2025, the day first, a number 0,25 or 1.250,5. What is in the notation
    already, and what is neither, stays as it is.
    """
    shown = printable(text.strip())
    if kind.name == "date":
        if short_year(text):
            raise RequestError(
                Text(
                    f"`{shown}` har et årstal på to cifre; skriv det med fire",
                    f"`{shown}` has a year of two digits; write it with four",
                )
            )
        return written_date(text)
    if kind.name != "number":
        return text
    if read_two_ways(text):
        plain = shown.replace(".", "").replace(",", "")
        raise RequestError(
            Text(
                f"`{shown}` kan læses på to måder; skriv {plain} uden tegn, eller brøken med skråstreg",
                f"`{shown}` can be read in two ways; write {plain} without a mark, or the part as a fraction",
            )
        )
    return written_number(text)


def event_date(text: str, today: date) -> Span:
    """When something counted: empty is today; what is known only roughly lies no later than today.

    RequestError for what lies ahead: nothing can be recorded before it has happened.
    """
    on = _read_date(text, today)
    if isinstance(on.low, date) and on.low > today:
        raise RequestError(
            Text(
                f"`{text.strip()}` er i fremtiden; i dag er det {say_day(today).da}, "
                "og kun det skete kan skrives ned",
                f"`{text.strip()}` is in the future; today is {today}, only what has happened is recorded",
            )
        )
    if not isinstance(on.high, date) or on.high > today:
        return Span(on.low, today)
    return on


def among(name: str, known: Iterable[str], what: Text) -> str:
    """The name when it is known; else RequestError with what it may have been meant to be."""
    names = list(dict.fromkeys(known))
    asked = unicodedata.normalize("NFC", name.strip())
    if asked in names:
        return asked
    folded = {each.casefold(): each for each in reversed(names)}
    begun = sorted((each for each in folded if asked and each.startswith(asked.casefold())), key=len)[:4]
    like = [] if begun else _likeliest(asked.casefold(), folded)
    close = begun or get_close_matches(asked.casefold(), like, n=2, cutoff=0.85)
    close = close or get_close_matches(asked.casefold(), like, n=1, cutoff=0.55)
    raise RequestError(Text(*_offered(printable(asked), names, [folded[each] for each in close], what)))


FEW = 12
MOST_COMPARED = 500


def _likeliest(asked: str, names: Collection[str]) -> list[str]:
    """Of many names those that begin and end most like the one asked for; comparing all takes too long."""

    def shared(name: str) -> int:
        return _begin_alike(asked, name) + _begin_alike(asked[::-1], name[::-1])

    return list(names) if len(names) <= MOST_COMPARED else nlargest(MOST_COMPARED, names, key=shared)


def _begin_alike(one: str, other: str) -> int:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in alike)


def _offered(asked: str, names: list[str], near: list[str], what: Text) -> tuple[str, str]:
    da, en = f"{what.da} `{asked}` findes ikke", f"there is no {what.en} `{asked}`"
    if near:
        meant_da, meant_en = (f" {word} ".join(f"`{each}`" for each in near) for word in ("eller", "or"))
        return f"{da}; mente du {meant_da}?", f"{en}; did you mean {meant_en}?"
    if names and len(names) <= FEW:
        return f"{da}; der er {', '.join(names)}", f"{en}; there are {', '.join(names)}"
    return da, en
