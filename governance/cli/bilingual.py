"""Commands and options that help and complain in Danish or English."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click
from click.formatting import HelpFormatter
from click.types import OptionHelpExtra

from governance.cli.complaining import sentences
from governance.cli.metavars import metavar
from governance.cli.speaking import CONFLICT, UNUSABLE, complain, said_json
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

    def make_metavar(self, ctx: click.Context) -> str:
        """What stands for its word."""
        return metavar(super().make_metavar(ctx)).in_language(spoken(ctx))

    def get_help_extra(self, ctx: click.Context) -> OptionHelpExtra:
        """What follows its help in brackets."""
        extra = super().get_help_extra(ctx)
        return extra | {"required": "kræves"} if "required" in extra and spoken(ctx) == "da" else extra


class _Told(click.Command):
    """What commands and groups of them share: help in both languages."""

    said: Text = Text("", "")

    def format_usage(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """The first line of the help."""
        words = " ".join(metavar(word).in_language(spoken(ctx)) for word in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, words, prefix="Brug: " if spoken(ctx) == "da" else "Usage: ")

    def format_help_text(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.said.in_language(spoken(ctx)))

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """The list of options."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for param in options if (record := param.get_help_record(ctx)) is not None]
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
        except (click.ClickException, RequestError, RuleError, Conflict) as error:
            code = _failed(error, language, as_json="--json" in words)
        except (click.Abort, KeyboardInterrupt):
            code = STOPPED
        sys.exit(code or 0)


def _failed(error: Exception, language: str, *, as_json: bool) -> int:
    """Say what went wrong: sentences on standard error, and for programs JSON on standard output."""
    problems = sentences(error)
    meanwhile = error.meanwhile if isinstance(error, Conflict) else ()
    for each in problems:
        complain(each.in_language(language))
    for each in meanwhile:
        complain(f"  {each.in_language(language)}")
    if as_json:
        said_json({"error": problems, "meanwhile": meanwhile})
    return CONFLICT if isinstance(error, Conflict) else UNUSABLE
