"""Rounds of prioritising: open one, cast a ballot, close it, and see what came of it."""

from __future__ import annotations

import click

from governance import service
from governance.cli.acting import step_said
from governance.cli.asking import KEY, ON, PERSON, REASON, RECORDER, SOURCE, option, pairs, with_governance
from governance.cli.bilingual import Command, Group
from governance.cli.items import receipt_said
from governance.cli.looking import KNOWN, tell_known
from governance.cli.looking import ON as WHEN
from governance.cli.roundwords import round_head, tell_round
from governance.cli.speaking import DONE, Out
from governance.model import Text
from governance.service import Governance


@click.group(
    "rounds", cls=Group, said=Text("Runder, hvor sager gives point.", "Rounds in which items are scored.")
)
def rounds() -> None:
    """The rounds."""


@rounds.command(
    "list", cls=Command, said=Text("Vis runderne, den nyeste først.", "Show the rounds, newest first.")
)
@option("--on", default="", **WHEN)
@option("--known", default="", **KNOWN)
@with_governance
def list_(gov: Governance, out: Out, on: str, known: str) -> int:
    """The rounds."""
    lines = service.rounds(gov, on=on, known=known)
    tell_known(gov, out, known)
    if out.as_json:
        out.json(lines)
    elif not lines:
        out.line(Text("Der er ingen runder.", "There are no rounds."))
    for line in () if out.as_json else lines:
        out.line(round_head(out, line))
    return DONE


@rounds.command(
    "show",
    cls=Command,
    said=Text(
        "Vis en runde: hvem der har givet point, og når den er lukket, tallene og hvor sikre de er.",
        "Show a round: who has scored, and once it is closed the totals and how firmly they stand.",
    ),
)
@click.argument("round_", metavar="ROUND")
@option(
    "--own",
    default="",
    metavar="ORGANISATION",
    da="Vis også denne organisations egne point, mens runden er åben.",
    en="Show the scores of this organisation too while the round is open.",
)
@option("--on", default="", **WHEN)
@option("--known", default="", **KNOWN)
@with_governance
def show(gov: Governance, out: Out, round_: str, own: str, on: str, known: str) -> int:
    """A round."""
    view = service.round_(gov, round_, on=on, known=known, own=own)
    tell_known(gov, out, known)
    if out.as_json:
        out.json(view)
    else:
        tell_round(out, view, own)
    return DONE


@rounds.command(
    "open",
    cls=Command,
    said=Text(
        "Åbn en runde over sager, eller over dem, der er på et mødes dagsorden.",
        "Open a round over items, or over those on the agenda of a meeting.",
    ),
)
@click.argument("round_", metavar="ROUND")
@option("--body", required=True, metavar="BODY", da="Det organ, der giver point.", en="The body that scores.")
@option("--closes", required=True, da="Den sidste dag for point.", en="The last day for scores.")
@option("--meeting", default="", metavar="MEETING", da="Det møde, den er til.", en="The meeting it is for.")
@option(
    "--item",
    "items",
    multiple=True,
    metavar="ITEM",
    da="En sag, der kan gives point (ellers dem på dagsordenen).",
    en="An item that can be scored (else those on the agenda).",
)
@option(
    "--counting",
    default="",
    metavar="NAME",
    da="Regelsættets optællingsmåde (ellers dets første).",
    en="The rulebook's way of counting (else its first).",
)
@option("--title", default="", da="Titlen.", en="The title.")
@option("--on", default="", **ON)
@option("--source", default="", **SOURCE)
@option("--recorder", default="", **RECORDER)
@option("--key", default="", **KEY)
@with_governance
def open_(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    round_: str,
    body: str,
    closes: str,
    meeting: str,
    items: tuple[str, ...],
    counting: str,
    title: str,
    on: str,
    source: str,
    recorder: str,
    key: str,
) -> int:
    """Open a round."""
    receipt = service.open_round(
        gov,
        round_,
        body,
        closes=closes,
        choices=items,
        meeting=meeting,
        counting=counting,
        title=title,
        on=on,
        source=source,
        recorder=recorder,
        key=key,
    )
    return receipt_said(out, receipt, Text("runden er åben", "the round is open"))


@rounds.command(
    "cast",
    cls=Command,
    said=Text(
        "Giv en organisations point, eller ret dem med --change, så længe runden er åben.",
        "Cast the scores of an organisation, or change them with --change while the round is open.",
    ),
)
@click.argument("round_", metavar="ROUND")
@click.argument("scores", metavar="ITEM=SCORE...", nargs=-1, required=True)
@option(
    "--as",
    "organisation",
    required=True,
    metavar="ORGANISATION",
    da="Den organisation, hvis point det er.",
    en="The organisation whose scores they are.",
)
@option("--change", is_flag=True, da="Ret de point, der er givet.", en="Change the scores that were given.")
@option("--on", default="", **ON)
@option(
    "--person", default="", da="Hvem der handler for organisationen.", en="Who acts for the organisation."
)
@option("--recorder", default="", **RECORDER)
@option("--key", default="", **KEY)
@with_governance
def cast(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    round_: str,
    scores: tuple[str, ...],
    organisation: str,
    change: bool,  # noqa: FBT001 - click gives it by name
    on: str,
    person: str,
    recorder: str,
    key: str,
) -> int:
    """Cast a ballot."""
    receipt = service.cast(
        gov,
        round_,
        organisation,
        pairs(scores),
        change=change,
        on=on,
        person=person,
        recorder=recorder,
        key=key,
    )
    whose = organisation.strip()
    return step_said(
        out,
        receipt,
        Text(f"{whose} har givet point", f"{whose} has scored"),
        Text(f"point fra {whose} er afvist", f"the scores of {whose} are refused"),
    )


@rounds.command(
    "close",
    cls=Command,
    said=Text(
        "Luk en runde; derefter er pointene synlige og ligger fast.",
        "Close a round; after that the scores are seen and settled.",
    ),
)
@click.argument("round_", metavar="ROUND")
@option(
    "--by", "body", required=True, metavar="BODY", da="Det organ, der lukker.", en="The body that closes it."
)
@option("--on", default="", **ON)
@option("--reason", default="", **REASON)
@option("--person", default="", **PERSON)
@option("--recorder", default="", **RECORDER)
@option("--source", default="", **SOURCE)
@option("--key", default="", **KEY)
@with_governance
def close(  # noqa: PLR0913, PLR0917 - one parameter an option
    gov: Governance,
    out: Out,
    round_: str,
    body: str,
    on: str,
    reason: str,
    person: str,
    recorder: str,
    source: str,
    key: str,
) -> int:
    """Close a round."""
    receipt = service.close_round(
        gov,
        round_,
        body,
        on=on,
        reason=reason,
        person=person,
        recorder=recorder,
        source=source,
        key=key,
    )
    return step_said(
        out,
        receipt,
        Text("runden er lukket", "the round is closed"),
        Text("lukningen er afvist", "the closing is refused"),
    )
