"""Commands and options that help and complain in Danish or English."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

import click
from click.formatting import HelpFormatter

from governance.cli.speaking import CONFLICT, UNUSABLE, complain
from governance.faults import RuleError
from governance.model import Conflict, RequestError, Text

STOPPED = 130


def language_of(words: Sequence[str]) -> str:
    """The language asked for anywhere among the words, so that complaints about the others use it too."""
    for place, word in enumerate(words):
        if word == "--language=en" or (word == "--language" and list(words[place + 1 : place + 2]) == ["en"]):
            return "en"
    return "da"


def spoken(ctx: click.Context) -> str:
    """The language of a run."""
    return ctx.obj if isinstance(ctx.obj, str) else "da"


class Option(click.Option):
    """An option with its help in both languages."""

    def __init__(self, *args: Any, said: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"help": said.da})
        self.said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The line in the list of options."""
        self.help = self.said.in_language(spoken(ctx))
        return super().get_help_record(ctx)


class _Told(click.Command):
    """What commands and groups of them share: help in both languages."""

    said: Text = Text("", "")

    def format_usage(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """The first line of the help."""
        words = " ".join(self.collect_usage_pieces(ctx))
        words = words.replace("[OPTIONS]", "[VALG]") if spoken(ctx) == "da" else words
        formatter.write_usage(ctx.command_path, words, prefix="Brug: " if spoken(ctx) == "da" else "Usage: ")

    def format_help_text(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.said.in_language(spoken(ctx)))

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """The list of options."""
        records = [
            record for param in self.get_params(ctx) if (record := param.get_help_record(ctx)) is not None
        ]
        with formatter.section("Valg" if spoken(ctx) == "da" else "Options"):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Vis denne hjælp." if spoken(ctx) == "da" else "Show this help."
        return option


class Command(_Told):
    """A command with its help in both languages."""

    def __init__(self, *args: Any, said: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said


class Group(_Told, click.Group):
    """A group of commands, which answers whatever is wrong with one sentence each and an exit code."""

    def __init__(self, *args: Any, said: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        rows = [
            (name, found.said.in_language(spoken(ctx)))
            for name, found in self.commands.items()
            if isinstance(found, _Told)
        ]
        with formatter.section("Kommandoer" if spoken(ctx) == "da" else "Commands"):
            formatter.write_dl(rows)

    def main(self, args: Sequence[str] | None = None, *_: Any, **extra: Any) -> NoReturn:
        """Run the words given, by default this process's own, and exit with the code for how it went."""
        words = list(sys.argv[1:] if args is None else args)
        language = language_of(words)
        extra |= {"standalone_mode": False, "obj": language}
        try:
            code = super().main(words, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            code = UNUSABLE
        except click.ClickException as error:
            complain(usage_problem(error).in_language(language))
            code = UNUSABLE
        except RequestError as error:
            for problem in error.problems:
                complain(problem.in_language(language))
            code = UNUSABLE
        except RuleError as error:
            for fault in error.faults:
                complain(str(fault))
            code = UNUSABLE
        except Conflict as error:
            complain(overtaken(error).in_language(language))
            for each in error.meanwhile:
                complain(f"  {each.in_language(language)}")
            code = CONFLICT
        except (click.Abort, KeyboardInterrupt):
            code = STOPPED
        sys.exit(code or 0)


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
            return Text(f"{name} mangler; se --help", f"{name} is missing; see --help")
        case click.BadParameter():
            name = _name(error)
            kind = error.param.type if error.param is not None else None
            if isinstance(kind, click.Choice):
                offered = ", ".join(map(str, kind.choices))
                return Text(f"{name}: skriv en af {offered}", f"{name}: write one of {offered}")
            return Text(f"{name}: værdien kan ikke bruges ({error.message})", f"{name}: {error.message}")
    extra = EXTRA.fullmatch(error.message)
    if extra is not None:
        words = extra[1]
        return Text(
            f"der er ord for meget: {words}; se --help", f"there are words too many: {words}; see --help"
        )
    return Text(f"ordene kan ikke bruges ({error.message}); se --help", f"{error.message} See --help")


EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)


def _name(error: click.BadParameter) -> str:
    """What the parameter is called on the command line."""
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    return error.param.human_readable_name if error.param is not None else str(error.param_hint or "")


def _unknown(da: str, en: str, name: str, near: Sequence[str]) -> Text:
    meant = ", ".join(near)
    return Text(
        f"{da} `{name}` findes ikke" + (f"; mente du {meant}?" if near else "; se --help"),
        f"there is no {en} `{name}`" + (f"; did you mean {meant}?" if near else "; see --help"),
    )


def _commands(ctx: click.Context | None, name: str) -> list[str]:
    known = list(ctx.command.commands) if ctx is not None and isinstance(ctx.command, click.Group) else []
    return get_close_matches(name, known, n=1)
