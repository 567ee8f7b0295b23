"""Each command over a register is noted in its access log, once it is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from getpass import getuser
from typing import Any

import click

from governance import service
from governance.cli.bilingual import spoken
from governance.cli.speaking import complain
from governance.model import Conflict, RequestError, Text
from governance.service import Governance

ASKED_FOR = ("item", "meeting", "point", "round_", "consultation", "ref", "what", "about")
"""The words of a command that may say which thing or person it is about, the most telling first."""

TRIES = ("advance", "meetings conclude", "rounds cast", "rounds close", "consult")
"""The commands whose exit code 1 is a refusal; with others it is an answer."""


def noted(gov: Governance, words: Mapping[str, Any], command: Callable[[], Any]) -> Any:
    """Run a command and note who gave it, what it was about and how it went; it is answered either way."""
    did = click.get_current_context().command_path.partition(" ")[2]
    outcome = service.FAILED
    try:
        code = command()
        outcome = service.REFUSED if code and did in TRIES else service.ANSWERED
    except RequestError:
        outcome = service.UNUSABLE
        raise
    except Conflict:
        outcome = service.OVERTAKEN
        raise
    else:
        return code
    finally:
        what = next((str(words[name]) for name in ASKED_FOR if words.get(name)), "")
        problem = service.note_access(gov, user(), did, what, outcome)
        if problem:
            complain(
                Text(
                    f"adgangen kunne ikke noteres ({problem}); svaret gælder",
                    f"the access could not be noted ({problem}); the answer stands",
                ).in_language(spoken(click.get_current_context()))
            )


def user() -> str:
    """Who gives the command, as the machine knows them."""
    try:
        return getuser()
    except (KeyError, OSError):
        return "?"
