"""The look of a DOCX: its page, its language and its styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from governance.documents.ooxml import change_fonts, color_borders, left_rule, speak

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.styles import Styles

LOCALES = {"da": "da-DK", "en": "en-GB"}
KIND, FIELD, MARKED, QUIET, CELL = "Paper Kind", "Field", "Field Marked", "Quiet", "Cell"
LABEL, NOTE, BAR = "Field Label", "Field Note", "Bar"
TABLE = "Table Grid"
FONT, BAR_FONT = "Calibri", "Courier New"
DARK, GREY, LINE = "1D3557", "4A4A4A", "8A97A6"
PAGE_CM, MARGIN_CM, TOP_CM = (21.0, 29.7), 2.4, 2.2
TEXT_CM = PAGE_CM[0] - 2 * MARGIN_CM
LABEL_CM = 4.2
HEADINGS = {1: (20, 0, 12), 2: (14, 18, 6), 3: (12, 14, 4), 4: (11, 12, 4)}
"""Of each level: size, space above and space below, in points."""


def prepare(document: Document, language: str) -> None:
    """A page of A4, the language of all text, and the styles the paper is written in."""
    from docx.shared import Cm  # noqa: PLC0415 - an extra, needed only for this

    page = document.sections[0]
    page.page_width, page.page_height = (Cm(side) for side in PAGE_CM)
    page.left_margin = page.right_margin = Cm(MARGIN_CM)
    page.top_margin = page.bottom_margin = Cm(TOP_CM)
    speak(document, LOCALES[language])
    change_fonts(document, FONT)
    _add_styles(document.styles)


def apart() -> int:
    """The space above a group of labels and values."""
    from docx.shared import Pt  # noqa: PLC0415 - as above

    return Pt(6)


def _add_styles(styles: Styles) -> None:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 - as above
    from docx.enum.text import WD_TAB_ALIGNMENT  # noqa: PLC0415 - as above
    from docx.shared import Cm  # noqa: PLC0415 - as above

    _set(styles["Normal"], 11, after=6)
    for level, (size, before, after) in HEADINGS.items():
        heading = styles[f"Heading {level}"]
        _set(heading, size, before=before, after=after, color=DARK)
        heading.font.italic = False
    _set(styles["Caption"], 10, before=8, after=4, color=DARK)
    styles["Caption"].paragraph_format.keep_with_next = True
    add: Any = styles.add_style  # python-docx gives it no types
    for name in (KIND, FIELD, MARKED, QUIET, CELL):
        add(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    _set(styles[KIND], 11, after=4, color=GREY)
    _set(styles[QUIET], 9.5, before=4, after=6, color=GREY)
    _set(styles[CELL], 10, before=1, after=1)
    for name in (FIELD, MARKED):
        _set(styles[name], 11, after=2)
        layout = styles[name].paragraph_format
        layout.left_indent, layout.first_line_indent = Cm(LABEL_CM), Cm(-LABEL_CM)
        layout.tab_stops.add_tab_stop(Cm(LABEL_CM))
    left_rule(styles[MARKED], DARK)
    add(LABEL, WD_STYLE_TYPE.CHARACTER).font.bold = True
    _color(add(NOTE, WD_STYLE_TYPE.CHARACTER), 9.5, GREY)
    _color(add(BAR, WD_STYLE_TYPE.CHARACTER), 7, DARK)
    styles[BAR].font.name = BAR_FONT
    color_borders(styles[TABLE], LINE)
    footer = styles["Footer"]
    _set(footer, 9, color=GREY)
    footer.paragraph_format.tab_stops.clear_all()
    footer.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_CM), WD_TAB_ALIGNMENT.RIGHT)


def _set(style: Any, size: float, *, before: float = 0, after: float = 0, color: str | None = None) -> None:
    from docx.shared import Pt  # noqa: PLC0415 - as above

    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.05
    _color(style, size, color)


def _color(style: Any, size: float | None, color: str | None) -> None:
    from docx.shared import Pt, RGBColor  # noqa: PLC0415 - as above

    if size is not None:
        style.font.size = Pt(size)
    if color is not None:
        style.font.color.rgb = RGBColor.from_string(color)
