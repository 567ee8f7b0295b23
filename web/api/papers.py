"""Papers: the agenda, minutes and invitation of a meeting, and the list of orders, as files."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Annotated

from flask import Response, send_file

from governance import service
from governance.service import Document
from web.api.nouns import Asked, Known
from web.api.operations import reads
from web.api.schemas import Says
from web.common import governance

PAPERS = "papers"
Language = Annotated[str, Says("The language of the paper.", options=("da", "en"))]
KINDS = ",".join(f'"{kind}"' for kind in service.PAPERS)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class PaperWish:
    """In which language a paper is written, as of which day and knowledge."""

    language: Language = "da"
    on: Asked = ""
    known: Known = ""


def handed_out(paper: Document) -> Response:
    """A paper as a file to keep."""
    answer = send_file(BytesIO(paper.content), as_attachment=True, download_name=paper.name)
    answer.content_type = paper.media_type
    return answer


@reads(
    f"/papers/<any({KINDS}):kind>/<path:id>",
    PAPERS,
    Document,
    query=PaperWish,
    files=("application/pdf", WORD, "text/calendar"),
)
def get_paper(query: PaperWish, *, id_: str, kind: str) -> Response:
    """The agenda or the minutes of a meeting as PDF or DOCX, or its invitation as ICS."""
    return handed_out(
        service.meeting_document(
            governance(), id_, kind, language=query.language, on=query.on, known=query.known
        )
    )


@reads("/papers/orders", PAPERS, Document, query=PaperWish, files=(SHEET,))
def get_orders(query: PaperWish) -> Response:
    """The items that are ordered, with when each was decided, approved and ordered, as XLSX."""
    return handed_out(
        service.orders_document(governance(), language=query.language, on=query.on, known=query.known)
    )
