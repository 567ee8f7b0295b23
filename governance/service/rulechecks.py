"""The rulebooks looked over: those of the folder, those taken in, and those that events name."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from governance.faults import RuleError
from governance.model import RequestError, Text
from governance.parsing import check_rulebooks
from governance.rulebook import Rulebook, Rulebooks
from governance.service.checks import FAULT, WARNING, Check, fine, wrong
from governance.service.opening import Governance
from governance.store import adopted
from governance.store.condition import Kept, kept_rulebooks, named_rulebooks

RULEBOOK = Text("regelsæt", "rulebook")
SHOWN = 12
VERIFY = Text("se `governance audit verify`", "see `governance audit verify`")


def check_rulebooks_of(gov: Governance, connection: Connection) -> Iterator[Check]:
    """Each rulebook with where it is from and whether its text is kept, then what does not fit together."""
    kept = {each.digest: each for each in kept_rulebooks(connection)}
    taken = {each.digest for each in adopted(connection)}
    named = named_rulebooks(connection)
    try:
        current = gov.current_rulebooks()
    except (RequestError, RuleError) as error:
        said = error.problems[0] if isinstance(error, RequestError) else Text(str(error), str(error))
        yield wrong(RULEBOOK, FAULT, said, VERIFY)
        current = gov.rulebooks
    in_folder = {book.digest for book in gov.rulebooks.books}
    for book in current.books:
        yield _told(book, in_folder=book.digest in in_folder, taken=book.digest in taken, kept=book.digest in kept)
    for digest in sorted(named - kept.keys()):
        found = Text(f"teksten til {digest[:SHOWN]}, som der er dømt efter, er ikke bevaret",
                     f"the text of {digest[:SHOWN]}, by which was judged, is not kept")  # fmt: skip
        yield wrong(RULEBOOK, FAULT, found, VERIFY)
    yield from _displaced(gov, current)
    yield from _edited(kept.values(), named, current)
    yield from _overlapping(current)


def _told(book: Rulebook, *, in_folder: bool, taken: bool, kept: bool) -> Check:
    places = [(Text("i mappen", "in the folder"), in_folder), (Text("taget i brug", "adopted"), taken),
              (Text("teksten bevaret", "text kept"), kept), (Text("endnu ikke dømt efter", "not judged by yet"), not kept)]  # fmt: skip
    said = [text for text, holds in places if holds]
    begins = f"{book.id} {book.from_} {book.digest[:SHOWN]}"
    return fine(
        RULEBOOK,
        f"{begins}: {', '.join(text.da for text in said)}",
        f"{begins}: {', '.join(text.en for text in said)}",
    )
