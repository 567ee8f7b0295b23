"""The papers of a meeting round: agenda, minutes, invitation, call for members, list of orders.

Plain nouns in, ``bytes`` or ``str`` out; nothing here knows the store or a rulebook. PDF, DOCX and ICS need
the extra ``docs`` and raise DocumentsMissing without it.
"""

from governance.documents.call import call_text
from governance.documents.invitation import meeting_ics
from governance.documents.meetings import agenda_docx, agenda_pdf, minutes_docx, minutes_pdf
from governance.documents.missing import DocumentsMissing, writable
from governance.documents.orders import orders_xlsx
from governance.documents.papers import (
    Approval,
    Attendance,
    Call,
    Conclusion,
    Fact,
    FollowUp,
    Listing,
    Meeting,
    Order,
    Orders,
    Participant,
    Point,
    Score,
    Scores,
    Words,
)

__all__ = [
    "Approval",
    "Attendance",
    "Call",
    "Conclusion",
    "DocumentsMissing",
    "Fact",
    "FollowUp",
    "Listing",
    "Meeting",
    "Order",
    "Orders",
    "Participant",
    "Point",
    "Score",
    "Scores",
    "Words",
    "agenda_docx",
    "agenda_pdf",
    "call_text",
    "meeting_ics",
    "minutes_docx",
    "minutes_pdf",
    "orders_xlsx",
    "writable",
]
