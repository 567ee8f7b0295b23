"""A paper as DOCX: real headings and styles, so that it can be edited and read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from governance.documents import styles
from governance.documents.blocks import Block, Fields, Heading, Paper, Prose, Table
from governance.documents.missing import needed
from governance.documents.ooxml import counted, drop_thumbnail, mark_heading, no_split, set_widths
from governance.documents.wording import OF, PAGE, say

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

LABEL_LETTERS = 22
"""A longer label has a line to itself."""
BAR_LETTERS = 10
MOST_PROPERTY = 255
"""Letters a property of a document may have."""
ZIPPED = (1980, 1, 1, 0, 0, 0)


def as_docx(paper: Paper) -> bytes:
    """The bytes of the document, the same for the same paper. DocumentsMissing without the extra."""
    with needed():
        import docx  # noqa: PLC0415 - an extra, needed only for this
    document = docx.Document()
    drop_thumbnail(document)
    styles.prepare(document, paper.language)
    _tell_properties(document, paper)
    _number_pages(document, paper)
    document.add_paragraph(paper.kind, style=styles.KIND)
    document.add_heading(paper.title, 1)
    for block in paper.blocks:
        _add(document, block)
    stream = BytesIO()
    document.save(stream)
    return _rezipped(stream.getvalue())


def _tell_properties(document: Document, paper: Paper) -> None:
    told = document.core_properties
    told.title = paper.footer[:MOST_PROPERTY]
    told.author = told.last_modified_by = paper.author[:MOST_PROPERTY]
    told.created = told.modified = paper.written
    told.language = styles.LOCALES[paper.language]
    told.comments = ""
    told.revision = 1


def _number_pages(document: Document, paper: Paper) -> None:
    """Dagsorden · DUBU (to the right) Side 1 af 2."""
    line = document.sections[0].footer.paragraphs[0]
    line.add_run(f"{paper.footer}\t{say(PAGE, paper.language)} ")
    counted(line, "PAGE")
    line.add_run(f" {say(OF, paper.language)} ")
    counted(line, "NUMPAGES")


def _add(document: Document, block: Block) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(text, level)
        case Prose(text, quiet):
            for line in _lines(text):
                document.add_paragraph(line, style=styles.QUIET if quiet else None)
        case Fields():
            _add_fields(document, block)
        case Table():
            _add_table(document, block)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def _add_fields(document: Document, fields: Fields) -> None:
    """A label, a tab and its value, hanging; further paragraphs of the value stand under the first."""
    style = styles.MARKED if fields.marked else styles.FIELD
    made = []
    for field in fields.rows:
        first, *others = _lines(field.value) or [""]
        made.append(document.add_paragraph(style=style))
        made[-1].add_run(field.label, style=styles.LABEL)
        made[-1].add_run(("\t" if len(field.label) <= LABEL_LETTERS else "\n") + first)
        made += [document.add_paragraph(f"\t{line}", style=style) for line in others]
        if field.note:
            made[-1].add_run(f" {field.note}", style=styles.NOTE)
    made[0].paragraph_format.space_before = styles.apart()
    for paragraph in made if fields.joined else made[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _add_table(document: Document, table: Table) -> None:
    if table.caption:
        document.add_paragraph(table.caption, style="Caption")
    made = document.add_table(rows=0, cols=len(table.headings), style=styles.TABLE)
    for row in (table.headings, *_with_bars(table)):
        for cell, text in zip(made.add_row().cells, row, strict=True):
            _fill(cell, text)
    for row in made.rows:
        no_split(row)
    mark_heading(made.rows[0])
    set_widths(made, table.widths, styles.TEXT_CM)


def _with_bars(table: Table) -> Sequence[tuple[str, ...]]:
    if not table.bars:
        return table.rows
    bars = ("█" * round(part * BAR_LETTERS) for part in table.bars)
    return [(*row, bar) for row, bar in zip(table.rows, bars, strict=True)]


def _fill(cell: _Cell, text: str) -> None:
    lines = _lines(text)
    for place, line in enumerate(lines or [""]):
        paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
        paragraph.style = styles.CELL
        paragraph.add_run(line, style=styles.BAR if line.startswith("█") else None)


def _rezipped(packed: bytes) -> bytes:
    """The same parts with one and the same time on each."""
    stream = BytesIO()
    with ZipFile(BytesIO(packed)) as given, ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(ZipInfo(name, ZIPPED), given.read(name), ZIP_DEFLATED)
    return stream.getvalue()
