"""Agenda and minutes in the formats a secretariat sends."""

from __future__ import annotations

from governance.documents.agenda import agenda
from governance.documents.minutes import minutes
from governance.documents.papers import Meeting
from governance.documents.pdf import as_pdf
from governance.documents.word import as_docx


def agenda_docx(meeting: Meeting, language: str) -> bytes:
    """The agenda as DOCX; DocumentsMissing without the extra ``docs``."""
    return as_docx(agenda(meeting, language))


def agenda_pdf(meeting: Meeting, language: str) -> bytes:
    """The agenda as PDF/UA-1; DocumentsMissing without the extra ``docs``."""
    return as_pdf(agenda(meeting, language))


def minutes_docx(meeting: Meeting, language: str) -> bytes:
    """The minutes as DOCX; DocumentsMissing without the extra ``docs``."""
    return as_docx(minutes(meeting, language))


def minutes_pdf(meeting: Meeting, language: str) -> bytes:
    """The minutes as PDF/UA-1; DocumentsMissing without the extra ``docs``."""
    return as_pdf(minutes(meeting, language))
