"""A DOCX read back, in the order it stands."""

from io import BytesIO

import docx


def opened(content):
    return docx.Document(BytesIO(content))


def lines(content):
    """Every paragraph and every row of a table; cells apart by a stroke."""
    said = []
    for part in opened(content).iter_inner_content():
        if hasattr(part, "rows"):
            said += [" | ".join(cell.text for cell in row.cells) for row in part.rows]
        else:
            said.append(part.text)
    return said


def headings(content):
    paragraphs = opened(content).paragraphs
    return [(each.style.name, each.text) for each in paragraphs if each.style.name.startswith("Heading")]
