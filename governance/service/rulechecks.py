"""The rulebooks looked over: those of the folder, those taken in, and those that events name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

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
    named = named_rulebooks(connection)
    try:
        current = gov.current_rulebooks()
    except (RequestError, RuleError) as error:
        said = error.problems[0] if isinstance(error, RequestError) else Text(str(error), str(error))
        yield wrong(RULEBOOK, FAULT, said, VERIFY)
        current = gov.rulebooks
    taken = {each.digest for each in adopted(connection)}
    for book in current.books:
        yield _told(book, taken=book.digest in taken, kept=book.digest in kept)
    for digest in sorted(named - kept.keys()):
        found = Text(
            f"teksten til {digest[:SHOWN]}, som der er dømt efter, er ikke bevaret",
            f"the text of {digest[:SHOWN]}, by which was judged, is not kept",
        )
        yield wrong(RULEBOOK, FAULT, found, VERIFY)
    yield from _displaced(gov.rulebooks, current)
    yield from _edited(kept.values(), named, current)
    yield from _overlapping(current)


def _told(book: Rulebook, *, taken: bool, kept: bool) -> Check:
    place = Text("taget i brug", "adopted") if taken else Text("i mappen", "in the folder")
    text = (
        Text("teksten er bevaret", "its text is kept") if kept else Text("endnu ikke brugt", "not used yet")
    )
    begins = f"{book.id} {book.from_} ({book.digest[:SHOWN]})"
    return fine(RULEBOOK, f"{begins}: {place.da}, {text.da}", f"{begins}: {place.en}, {text.en}")


def _displaced(folder: Rulebooks, current: Rulebooks) -> Iterator[Check]:
    """A rulebook of the folder that another one stands for."""
    for book in folder.books:
        if book.digest not in {each.digest for each in current.books}:
            found = Text(
                f"mappens regelsæt fra {book.from_} er et andet end det, der er taget i brug, som gælder",
                f"the folder's rulebook from {book.from_} is not the one adopted, which is in force",
            )
            mend = Text("læg det ibrugtagne i mappen", "put the adopted one into the folder")
            yield wrong(RULEBOOK, WARNING, found, mend)


def _edited(kept: Iterable[Kept], named: Collection[str], current: Rulebooks) -> Iterator[Check]:
    """A rulebook that has judged, and whose place another of the same day has taken."""
    starts = {book.from_.isoformat(): book.digest for book in current.books}
    for each in kept:
        if each.digest in named and starts.get(each.from_, each.digest) != each.digest:
            found = Text(
                f"regelsættet fra {each.from_} er ændret, efter at der er dømt efter det",
                f"the rulebook from {each.from_} was edited after it had judged",
            )
            mend = Text(
                "læg det gamle tilbage, og tag ændringen i brug fra en senere dag",
                "put the old one back, and adopt the change from a later day",
            )
            yield wrong(RULEBOOK, WARNING, found, mend)


def _overlapping(current: Rulebooks) -> Iterator[Check]:
    try:
        check_rulebooks(current.books)
    except RuleError as error:
        for fault in error.faults:
            mend = Text("ret datoerne i mappen", "mend the dates in the folder")
            yield wrong(RULEBOOK, FAULT, Text(fault.message, fault.message), mend)
