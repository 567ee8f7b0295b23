"""What every command asks for, and how its words are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from governance.cli.bilingual import Option, spoken
from governance.cli.noting import noted
from governance.cli.speaking import Out
from governance.model import RequestError, Text
from governance.service import Governance, open_governance

ON = {
    "da": "Hvornår det gjaldt: 2025-09-09 eller 9.9.2025, 2025-09, 2025 eller ..2025-09-09 (ellers i dag).",
    "en": "When it counted: 2025-09-09 or 9.9.2025, 2025-09, 2025 or ..2025-09-09 (else today).",
}
SOURCE = {"da": "Hvorfra det vides.", "en": "Where it is known from."}
RECORDER = {"da": "Hvem der skriver det ned.", "en": "Who writes it down."}
ORIGIN = {
    "da": "live eller history (det, der skete før eller uden for værktøjet).",
    "en": "live or history (what happened before or outside the tool).",
}
PERSON = {"da": "Hvem der handler for organet.", "en": "Who acts for the body."}
REASON = {
    "da": "Begrundelsen for at fravige et udgangspunkt.",
    "en": "The reason for departing from a default.",
}
VERSION = {
    "da": "Den version, du så; er sagen ændret siden, sker der intet.",
    "en": "The version you saw; if the item has changed since, nothing happens.",
}

KEY = {
    "da": "En nøgle, du vælger: gentages kommandoen med samme nøgle, får du det første svar.",
    "en": "A key of your choice: repeat the command with the same key and you get the first answer.",
}

Function = TypeVar("Function", bound=Callable[..., Any])


def option(*names: str, da: str, en: str, **kwargs: Any) -> Callable[[Function], Function]:
    """An option with its help in both languages."""
    return click.option(*names, cls=Option, said=Text(da, en), **kwargs)


def spoken_options(function: Function) -> Function:
    """The options of every command: language and JSON; the command gets ``out``."""

    @wraps(function)
    def run(*, as_json: bool, **kwargs: Any) -> Any:
        return function(out=Out(spoken(click.get_current_context()), as_json), **kwargs)

    run = option("--json", "as_json", is_flag=True, da="Svar som JSON.", en="Answer as JSON.")(run)
    languages = click.Choice(["da", "en"])
    da, en = "Sproget: da eller en.", "The language: da or en."
    return option("--language", type=languages, expose_value=False, da=da, en=en)(run)  # type: ignore[return-value]  # wraps keeps what it is


def database_option(function: Function) -> Function:
    """Which database."""
    return option(
        "--database",
        metavar="ADDRESS",
        da="Databasen: fil eller adresse (ellers GOVERNANCE_DATABASE_URL, ellers en fil blandt dine data).",
        en="The database: a file or an address (else GOVERNANCE_DATABASE_URL, else a file among your data).",
    )(function)


def rules_option(function: Function) -> Function:
    """Which rules."""
    return option(
        "--rules",
        type=click.Path(path_type=Path),
        metavar="DIR",
        da="Mappen med regelsæt (ellers GOVERNANCE_RULES, ellers DUBUs).",
        en="The folder of rulebooks (else GOVERNANCE_RULES, else DUBU's).",
    )(function)


def with_governance(function: Function) -> Function:
    """A command over a register that is there, and rules; it gets ``gov`` and ``out``."""
    return _governed(function, create=False)


def with_new_governance(function: Function) -> Function:
    """The same for a command that may be the first one: it makes the register."""
    return _governed(function, create=True)


def _governed(function: Function, *, create: bool) -> Function:
    @wraps(function)
    def run(*, database: str | None, rules: Path | None, **kwargs: Any) -> Any:
        gov = open_governance(database, rules, create=create)
        return governed(gov, kwargs, lambda: function(gov=gov, **kwargs))

    return spoken_options(database_option(rules_option(run)))  # type: ignore[return-value]  # wraps keeps what it is


def governed(gov: Governance, words: Mapping[str, Any], command: Callable[[], Any]) -> Any:
    """Run a command over a register, note it in the access log, and close the register."""
    try:
        return noted(gov, words, command)
    finally:
        gov.engine.dispose()


def pairs(words: Sequence[str]) -> dict[str, str]:
    """NAME=VALUE words as a mapping; RequestError for one without ``=`` or a name said twice."""
    found: dict[str, str] = {}
    problems = []
    for word in words:
        name, equals, value = word.partition("=")
        name = name.strip()
        if not equals or not name:
            problems.append(
                Text(
                    f"`{word}` kan ikke læses; skriv NAVN=VÆRDI", f"`{word}` cannot be read; write NAME=VALUE"
                )
            )
        elif name in found:
            problems.append(
                Text(f"`{name}` er givet to gange; giv den én gang", f"`{name}` is given twice; give it once")
            )
        found[name] = value
    if problems:
        raise RequestError(*problems)
    return found


def whole_number(word: str, what: Text) -> int:
    """A number of plain digits; RequestError for anything else."""
    if not (word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS):
        raise RequestError(
            Text(
                f"`{word}` er ikke {what.da}; skriv et helt tal",
                f"`{word}` is not {what.en}; write a whole number",
            )
        )
    return int(word)


MOST_DIGITS = 15


def version_of(word: str | None) -> int | None:
    """The version that was seen, if one was given."""
    return None if word is None else whole_number(word, Text("en version", "a version"))
