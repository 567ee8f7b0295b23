"""An erasure told in words."""

from __future__ import annotations

from governance.cli.speaking import Out
from governance.model import Text
from governance.service import Erasure, Mention


def tell_erasure(out: Out, found: Erasure) -> None:
    """What went or would go, what cannot, and what is outside the promise."""
    count = len(found.texts)
    da = f" og {count} {'tekst' if count == 1 else 'tekster'}" if count else ""
    en = f" and {count} {'text' if count == 1 else 'texts'}" if count else ""
    if found.receipt is not None:
        event, proof = found.receipt.event, found.receipt.proof
        out.line(
            Text(
                f"{found.ref} er slettet (begivenhed {event}): navn, kontakt{da}. Kvittering: {proof}",
                f"{found.ref} is erased (event {event}): name, contact{en}. Receipt: {proof}",
            )
        )
    else:
        out.line(
            Text(
                f"Intet er slettet endnu. Med --yes går navn, kontakt{da} for {found.ref}.",
                f"Nothing is erased yet. With --yes the name, contact{en} of {found.ref} go.",
            )
        )
    tell_mentions(out, found.texts)
    beside = (
        (found.keys, Text("nøgler til gentagne kommandoer", "keys of repeated commands")),
        (found.accesses, Text("linjer i adgangsloggen med navnet", "lines of the access log with the name")),
        (found.settings, Text("begrundelser for indstillinger", "reasons of settings")),
        (
            found.accounts,
            Text("konti med sessioner og adgangsnøgler", "accounts with their sessions and access tokens"),
        ),
        (found.tokens, Text("navne på andres adgangsnøgler", "names of others' access tokens")),
    )
    for number, what in beside:
        if number:
            out.line(f"{number} {out(what)}", 2)
    if found.left:
        out.line(Text("Kan ikke fjernes:", "Cannot be removed:"))
        for left in found.left:
            out.line(f"- {out(left)}", 2)
    for note in found.notes:
        out.line(note)
    if found.done and not found.swept:
        out.line(
            Text(
                "Databasens filer er endnu ikke skrevet om; gentag kommandoen.",
                "The database's files are not yet rewritten; repeat the command.",
            )
        )
    out.line(found.outside)


def tell_mentions(out: Out, mentions: tuple[Mention, ...]) -> None:
    """A line for each place somebody occurs in."""
    for each in mentions:
        event = Text(f"begivenhed {each.event}", f"event {each.event}")
        place = f", {out(each.place)}" if each.place is not None else ""
        out.line(f"{each.entity}, {out(event)}{place}", 2)
