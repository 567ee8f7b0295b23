"""What went wrong with a command, as sentences in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

import click

from governance.cli.metavars import metavar
from governance.faults import RuleError
from governance.model import Conflict, RequestError, Text


def sentences(error: Exception) -> tuple[Text, ...]:
    """Everything wrong, one sentence each; a fault in a rule file is told to its author as it is."""
    match error:
        case click.ClickException():
            return (usage_problem(error),)
        case RequestError():
            return error.problems
        case RuleError():
            return tuple(Text(str(fault), str(fault)) for fault in error.faults)
        case Conflict():
            return (overtaken(error),)
    raise error


def overtaken(error: Conflict) -> Text:
    """The sentence for a lost race."""
    return Text(
        f"`{error.entity}` er ændret siden: den er nu version {error.current}, du så {error.seen}; se igen"
        + (". Imens er der sket:" if error.meanwhile else ""),
        f"`{error.entity}` has changed: it is now version {error.current}, you saw {error.seen}; look again"
        + (". Meanwhile this happened:" if error.meanwhile else ""),
    )


def usage_problem(error: click.ClickException) -> Text:
    """What is wrong with the words of a command."""
    match error:
        case click.NoSuchOption():
            return _unknown(
                "valget", "option", error.option_name, [str(each) for each in error.possibilities or ()]
            )
        case click.exceptions.NoSuchCommand():
            return _unknown(
                "kommandoen", "command", error.command_name, _commands(error.ctx, error.command_name)
            )
        case click.MissingParameter():
            name = _name(error)
            return Text(f"{name.da} mangler; se --help", f"{name.en} is missing; see --help")
        case click.BadParameter():
            name = _name(error)
            kind = error.param.type if error.param is not None else None
            if isinstance(kind, click.Choice):
                offered = ", ".join(map(str, kind.choices))
                return Text(f"{name.da}: skriv en af {offered}", f"{name.en}: write one of {offered}")
            return Text(
                f"{name.da}: værdien kan ikke bruges ({error.message})", f"{name.en}: {error.message}"
            )
    extra = EXTRA.fullmatch(error.message)
    if extra is not None:
        words = extra[1]
        return Text(
            f"der er ord for meget: {words}; se --help", f"there are words too many: {words}; see --help"
        )
    return Text(f"ordene kan ikke bruges ({error.message}); se --help", f"{error.message} See --help")


EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)


def _name(error: click.BadParameter) -> Text:
    """What the parameter is called on the command line."""
    if isinstance(error.param, click.Option):
        return Text(error.param.opts[0], error.param.opts[0])
    named = error.param.human_readable_name if error.param is not None else error.param_hint
    return metavar(str(named or ""))


def _unknown(da: str, en: str, name: str, near: Sequence[str]) -> Text:
    meant = ", ".join(near)
    return Text(
        f"{da} `{name}` findes ikke" + (f"; mente du {meant}?" if near else "; se --help"),
        f"there is no {en} `{name}`" + (f"; did you mean {meant}?" if near else "; see --help"),
    )


def _commands(ctx: click.Context | None, name: str) -> list[str]:
    known = list(ctx.command.commands) if ctx is not None and isinstance(ctx.command, click.Group) else []
    return get_close_matches(name, known, n=1)
