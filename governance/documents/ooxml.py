"""The parts of a DOCX that python-docx has no name for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

SHADE = "E8EDF3"
AFTER_RULE = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
EIGHTHS_OF_POINT = 18


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra, needed only for this
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def speak(document: Document, locale: str) -> None:
    """Say which language all text is in."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    for root in (document.styles.element, document.settings.element):
        for name in ("w:lang", "w:themeFontLang"):
            for element in root.iter(qn(name)):
                element.set(qn("w:val"), locale)


def change_fonts(document: Document, font: str) -> None:
    """The same font in every style that had one of the theme."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    for element in document.styles.element.iter(qn("w:rFonts")):
        for kind in ("ascii", "hAnsi"):
            if element.attrib.pop(qn(f"w:{kind}Theme"), None):
                element.set(qn(f"w:{kind}"), font)


def left_rule(style: Any, color: str) -> None:
    """A line along the left of the paragraphs of a style."""
    borders = _element("w:pBdr")
    borders.append(_element("w:left", val="single", sz=str(EIGHTHS_OF_POINT), space="6", color=color))
    style.element.get_or_add_pPr().insert_element_before(borders, *AFTER_RULE)


def color_borders(style: Any, color: str) -> None:
    """Every line of a style of tables in a colour."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - as above

    for borders in style.element.iter(qn("w:tblBorders")):
        for line in borders:
            line.set(qn("w:color"), color)


def counted(paragraph: Paragraph, what: str) -> None:
    """A field the reader's program fills in: PAGE or NUMPAGES."""
    field = _element("w:fldSimple", instr=what)
    field.append(paragraph.add_run("1")._r)  # noqa: SLF001 - python-docx's own way to its element
    paragraph._p.append(field)  # noqa: SLF001 - as above


def mark_heading(row: _Row) -> None:
    """A heading of the table that repeats on each page: bold, on a shade."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # noqa: SLF001 - as above
    for cell in row.cells:
        shade = _element("w:shd", val="clear", color="auto", fill=SHADE)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - as above
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
            run.bold = True


def no_split(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))  # noqa: SLF001 - as above


def set_widths(table: Table, parts: Sequence[int], whole_cm: float) -> None:
    """Columns as wide to each other as the parts."""
    from docx.shared import Cm  # noqa: PLC0415 - as above

    table.autofit = False
    for column, part in zip(table.columns, parts, strict=True):
        column.width = Cm(whole_cm * part / sum(parts))
        for cell in column.cells:
            cell.width = column.width


def drop_thumbnail(document: Document) -> None:
    """Leave out the picture of another document that python-docx's template carries."""
    relations = document.part.package.rels
    for key in [key for key, each in relations.items() if each.reltype.endswith("/thumbnail")]:
        del relations[key]
