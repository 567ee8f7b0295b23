"""A ballot as one line of text: ``ÆØ-1605=3; ÆØ-1765=5``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction

from governance.counting.ballots import Score, unknown_choice
from governance.model import RequestError, Text

_NUMBER = re.compile(r"-?\d{1,12}(/[1-9]\d{0,11})?", re.ASCII)


def read_scores(text: str, choices: Sequence[str]) -> dict[str, Score]:
    """The scores written, in the order of the choices; nothing written is a blank ballot.

    RequestError tells every part that cannot be read, names no choice, or names one for the second time.
    Whether the scores keep to the method is for ``check``.
    """
    scores: dict[str, Score] = {}
    problems: list[Text] = []
    written = unicodedata.normalize("NFC", text).strip()
    for part in written.split(";") if written else ():
        choice, equals, number = (each.strip() for each in part.partition("="))
        if not equals or not choice or not _NUMBER.fullmatch(number):
            problems.append(_unread(part.strip()))
        elif choice not in choices:
            problems.append(unknown_choice(choice, choices))
        elif choice in scores:
            da, en = f"`{choice}` står to gange", f"`{choice}` stands twice"
            problems.append(Text(f"{da}; skriv det én gang", f"{en}; write it once"))
        else:
            scores[choice] = _score(Fraction(number))
    if problems:
        raise RequestError(*problems)
    return {choice: scores[choice] for choice in choices if choice in scores}


def write_scores(scores: Mapping[str, Score], choices: Sequence[str] = ()) -> str:
    """The line that ``read_scores`` reads back: in the order of the choices, the rest by name."""
    ordered = [choice for choice in choices if choice in scores]
    ordered += sorted(set(scores) - set(ordered))
    return "; ".join(f"{choice}={scores[choice]}" for choice in ordered)


def _score(number: Fraction) -> Score:
    return int(number) if number.denominator == 1 else number


def _unread(part: str) -> Text:
    if not part:
        return Text(
            "et semikolon har intet foran eller efter sig; tag det ud",
            "a semicolon has nothing before or after it; take it out",
        )
    shown = part[:40].replace("`", "'")
    choice, _, number = (each.strip() for each in shown.partition("="))
    if choice and number and "=" not in number:
        return Text(
            f"`{number}` er ikke et antal point til `{choice}`; skriv et tal som 3",
            f"`{number}` is no number of points for `{choice}`; write a number such as 3",
        )
    return Text(
        f"`{shown}` kan ikke læses; skriv et nummer og et tal som i A-1=3, adskilt af semikolon",
        f"`{shown}` cannot be read; write an id and a number as in A-1=3, set apart by semicolons",
    )
