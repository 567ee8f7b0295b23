"""Danish first, English by choice: the language of a request, and how texts and dates are said in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from flask import Flask, g, request, session, url_for
from flask_babel import Babel, format_date, format_datetime, format_decimal, gettext
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from governance.model import Text
from governance.service import spoken

LANGUAGES = ("da", "en")
NAMES = {"da": "Dansk", "en": "English"}
CHOSEN = "lang"
"""Under what an address and a session say which."""


def current() -> str:
    """The language chosen in this request or an earlier one; Danish until somebody chooses."""
    known: str | None = g.get("language")
    if known is None:
        chosen = request.args.get(CHOSEN) or session.get(CHOSEN)
        known = g.language = chosen if chosen in LANGUAGES else LANGUAGES[0]
    return known


def remember() -> None:
    """Keep the choice of a link that ends in ``?lang=`` for the pages after it."""
    if request.args.get(CHOSEN) in LANGUAGES:
        session[CHOSEN] = request.args[CHOSEN]


_TRANSLATED: dict[tuple[str, str], Markup] = {}


def translated(said: str, **parts: object) -> Markup:
    """A text of the pages in their language, looked up once, since a page says hundreds.

    What is put into it is escaped.
    """
    return _translated(current(), said, parts)


@pass_context
def translated_there(context: Context, said: str, **parts: object) -> Markup:
    """The same in a template, which knows its language: a page asks hundreds of times."""
    return _translated(_language_of(context), said, parts)


def _translated(language: str, said: str, parts: Mapping[str, object]) -> Markup:
    known = _TRANSLATED.get((language, said))
    if known is None:
        known = Markup(gettext(said))  # noqa: S704 - our own texts
        _TRANSLATED[language, said] = known
    return known % parts if "%" in known else known


def _language_of(context: Context) -> str:
    language: str = context.parent.get("lang") or current()
    return language


@dataclass(frozen=True, slots=True)
class Later:
    """A text of the pages that is looked up when it is shown, in the language it is then shown in."""

    said: str

    def __str__(self) -> str:
        return str(translated(self.said))

    def __html__(self) -> Markup:
        return translated(self.said)


def say(text: Text | None) -> str:
    """A bilingual text in the language of the page."""
    return _on_page(text, current()) if text is not None else ""


def _on_page(text: Text, language: str) -> str:
    """A text as people read it: what was typed stands in quotation marks, not in those of programmers."""
    said = text.in_language(language)
    return _TYPED.sub(_QUOTED[language], said) if "`" in said else said


_TYPED = re.compile(r"`([^`]*)`")
_QUOTED = {"da": r"»\1«", "en": r"“\1”"}


@pass_context
def say_there(context: Context, text: Text | None) -> str:
    """The same in a template."""
    return _on_page(text, _language_of(context)) if text is not None else ""


@pass_context
def spoken_there(context: Context, name: str) -> str:
    """An id in the words it is made of, in a template."""
    return spoken(name).in_language(_language_of(context))


def capital(text: str) -> str:
    """The text with its first letter large, as at the head of a line."""
    return text[:1].upper() + text[1:]


def head(text: Text | None) -> str:
    """A bilingual text in the language of the page, as at the head of a line."""
    return capital(say(text))


@pass_context
def head_there(context: Context, text: Text | None) -> str:
    """The same in a template."""
    return capital(_on_page(text, _language_of(context))) if text is not None else ""


def month(day: date) -> str:
    """The month of a day, as short as the language has it."""
    return str(format_date(day, "MMM y"))


def whole_day(iso: str) -> str:
    """A day as people write it."""
    return str(format_date(date.fromisoformat(iso), "d. MMMM y" if current() == "da" else "d MMMM y"))


def typed_day(iso: str) -> str:
    """A day as people type it into a field, which reads it so; what is no day as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day}.{day.month}.{day.year}" if current() == "da" else iso


def when(written: str) -> str:
    """A day as people write it; a month, a year or a span as it is written."""
    try:
        return whole_day(written)
    except ValueError:
        return written


def number(written: str) -> str:
    """A number as people write it; of a fraction the halves and thirds as they are."""
    return str(format_decimal(int(written))) if written.removeprefix("-").isdecimal() else written


def moment(stamp: str) -> str:
    """A point in time as people write it, to the minute; it carries its own time zone."""
    return _moment(stamp, current())


@lru_cache(1024)
def _moment(stamp: str, language: str) -> str:
    pattern = "d. MMM y HH:mm" if language == "da" else "d MMM y HH:mm"
    return str(format_datetime(datetime.fromisoformat(stamp), pattern, rebase=False))


QUERY = frozenset(
    {
        "on",
        "known",
        "from",
        "to",
        "q",
        "kind",
        "state",
        "sort",
        "page",
        "view",
        "fact",
        "days",
        "years",
        "point",
        "seats",
        "candidates",
        "body",
        "person",
        "reason",
        "tell",
        "parent",
        "sets",
        "thing",
        "recorder",
        "before",
        "who",
        "what",
    }
)
"""What a page may be asked for in its address, and keeps in the other language."""
FACT = "fact."
"""How the names of facts begin that a page is asked to suppose."""


def switches() -> list[tuple[str, str, str]]:
    """For each other language its code, its own name and the address of this page in it."""
    if request.endpoint is None or request.endpoint == "static":
        here, values = "items.board", {}
    else:
        kept = {
            name: text
            for name, text in request.args.to_dict().items()
            if name in QUERY or name.startswith(FACT)
        }
        here, values = request.endpoint, {**kept, **(request.view_args or {})}
    others = [language for language in LANGUAGES if language != current()]
    return [(code, NAMES[code], url_for(here, **{**values, CHOSEN: code})) for code in others]


def register(app: Flask) -> None:
    """Make the texts of the pages follow the chosen language."""
    app.config["BABEL_DEFAULT_LOCALE"] = LANGUAGES[0]
    Babel(app, locale_selector=current)
    app.jinja_env.globals["_"] = translated_there
    app.before_request(remember)
    app.jinja_env.filters.update(
        say=say_there,
        head=head_there,
        capital=capital,
        spoken=spoken_there,
        month=month,
        moment=moment,
        day=when,
        typed_day=typed_day,
        when=when,
        number=number,
    )
    app.context_processor(lambda: {"lang": current(), "switches": switches})
