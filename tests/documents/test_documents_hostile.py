"""Whatever a text holds, it comes through as text, in every format."""

import re
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from governance.documents import (
    Conclusion,
    Fact,
    FollowUp,
    Listing,
    Order,
    Orders,
    Participant,
    Point,
    Score,
    Scores,
    agenda_docx,
    agenda_pdf,
    meeting_ics,
    minutes_docx,
    minutes_pdf,
    orders_xlsx,
    pdf,
)
from governance.documents.pdf import LATIN
from governance.documents.wording import say
from governance.values import number
from tests.counts import count
from tests.documents.docx_text import lines
from tests.documents.meeting_round import WRITTEN, agenda_meeting
from tests.documents.pdf_text import page_count, pdf_text, squeezed

MARKUP = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    '#eval("1") #import "x": y',
    "$x$ *b* _i_ @ref <label> `c` \\ // x /* y */",
    "= Overskrift",
    "<w:p/> &amp; ]]> <!-- -->",
    "{{ x }} {% y %}",
    "BEGIN:VEVENT\\nSUMMARY:x;y,z",
    "https://example.org/?a=1&b=2",
    "_x0041_",
    "A -- B --- C ... ~ -?",
    '"citat" ’citat’',
]
LONG = "Æblegrød med fløde. " * 200


def everywhere(text):
    """A meeting that holds a text wherever one can stand."""
    tables = (
        Listing((text, "B"), ((text, text),), text),
        Scores((Score(text, text, number(3), 1, True),), text, text),
    )
    under = Point(text, text, follow_ups=(FollowUp(text, text),))
    asked = {"question": text, "proposal": text, "recommendation": text, "presenter": text}
    concluded = Conclusion(text, text, text, text)
    point = Point(
        "1",
        text,
        text,
        text,
        (Fact(text, text, text),),
        tables,
        points=(under,),
        conclusion=concluded,
        **asked,
    )
    people = (Participant(text, text, person=text, note=text),)
    return agenda_meeting(group=text, title=text, place=text, form=text, participants=people, points=(point,))


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text_in_pdf_and_docx(text):
    said = squeezed(text)
    assert pdf_text(agenda_pdf(everywhere(text), "da")).count(said) >= 12
    found = lines(minutes_docx(everywhere(text), "da"))
    assert found[1] == text
    assert sum(text in line for line in found) >= 12


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text_in_a_calendar(text):
    calendar = Calendar.from_ical(meeting_ics(everywhere(text), "da"))
    (event,) = calendar.walk("VEVENT")
    assert (event["summary"], event["location"]) == (text, text)
    assert len(calendar.walk("VALARM")) == 1


@pytest.mark.parametrize("text", [*MARKUP, LONG])
def test_markup_is_text_in_a_sheet(text):
    order = Order(text, text, text, size=text, unit=text, state=text, left=text, source=text)
    content = orders_xlsx(Orders("Gruppen", WRITTEN, (order,)), "da")
    with ZipFile(BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    row = openpyxl.load_workbook(BytesIO(content)).worksheets[0][2]
    assert {cell.value for cell in row if cell.value is not None} == {say(text, "da")}
    assert {cell.data_type for cell in row if cell.value is not None} == {"s"}


CONTROLS = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 127, 0x80, 0x9F])) + "\ud800\ufffe\U0001ffff"


def test_control_characters_and_half_letters_are_dropped():
    assert say(f"a{CONTROLS.replace(chr(11), '').replace(chr(12), '')}b", "da") == "ab"
    text = f"før{CONTROLS}efter"
    assert "førefter" in pdf_text(agenda_pdf(everywhere(text), "da"))
    assert lines(agenda_docx(everywhere(text), "da"))[1] == "før efter"
    assert b"f\xc3\xb8r efter" in meeting_ics(everywhere(text), "da")


def test_every_kind_of_line_end_is_one():
    assert say("a\r\nb\rc\vd\u2028e\u2029f\x85g", "da") == "a\nb\nc\nd\ne\nf\ng"


def test_a_text_of_nothing_to_see_is_no_text():
    assert say(" \u200f\u200b\ufeff\u00a0 ", "da") == ""
    assert "Sted\tikke oplyst" in lines(agenda_docx(agenda_meeting(place="\u200f"), "da"))


def test_a_turn_of_direction_ends_with_its_text():
    assert say("a\u202eb\u2067c", "da") == "a\u202eb\u2067c\u2069\u202c"
    assert say("\u202eb\u202c c\n\u2066d", "da") == "\u202eb\u202c c\n\u2066d\u2069"


def test_marks_of_direction_come_through_and_harm_no_letter_of_the_pdf():
    text = "T\u202eid\u202c og \u200f\u05e9\u05dc\u05d5\u05dd"
    assert lines(agenda_docx(everywhere(text), "da"))[1] == text
    said = pdf_text(agenda_pdf(everywhere(text), "da"))
    assert "Tidkl.10.00" in said
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", said)


def test_letters_no_font_has_are_named_in_the_pdf_and_whole_elsewhere():
    text = "Godt 😀 og 漢 og \uf0a7"
    assert "Godt[grinningface]og[cjkunifiedideograph-6f22]og[U+F0A7]" in pdf_text(
        agenda_pdf(everywhere(text), "da")
    )
    assert lines(agenda_docx(everywhere(text), "da"))[1] == text
    assert say(text, "da").encode() in meeting_ics(everywhere(text), "da").replace(b"\r\n ", b"")


def test_every_european_letter_has_a_picture():
    letters = "".join(map(chr, [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, LATIN)]))
    said = pdf_text(agenda_pdf(everywhere(f"😀{letters}"), "da"))
    assert f"[grinningface]{letters}" in said


def test_letters_of_other_scripts_that_typst_has_are_kept():
    assert "→½ЖΩﬁ[grinningface]" in pdf_text(agenda_pdf(everywhere("→½ЖΩﬁ😀"), "da"))


def test_a_text_no_fallback_can_draw_is_named_but_for_its_latin_letters(monkeypatch):
    monkeypatch.setattr(pdf, "_has_picture", lambda _letter: True)
    said = pdf_text(agenda_pdf(everywhere("Ж😀æ"), "da"))
    assert "[cyrilliccapitalletterzhe][grinningface]æ" in said


def test_hyphens_are_hyphens_though_words_are_broken_in_narrow_columns():
    words = ("Kvalitetssikringspanelernes", "ÆØ-1765") * 4
    content = agenda_pdf(
        agenda_meeting(points=(Point("1", "ÆØ-1", tables=(Listing(words, (words,)),)),)), "da"
    )
    assert pdf_text(content).count("KvalitetssikringspanelernesÆØ-1765") == 8


def test_joined_emoji_are_named_one_by_one():
    assert "[woman][woman][girl]x" in pdf_text(agenda_pdf(everywhere("👩\u200d👩\u200d👧\ufe0fx"), "da"))


def test_long_texts_come_through_whole():
    said = squeezed(LONG)
    assert said in pdf_text(minutes_pdf(agenda_meeting(points=(Point("1", "A", question=LONG),)), "da"))
    assert any(LONG.strip() in line for line in lines(minutes_docx(everywhere(LONG), "da")))
    assert page_count(agenda_pdf(everywhere(LONG), "da")) > 10


def test_a_word_longer_than_the_line_is_broken_onto_more_lines():
    word = "Å" * 4000
    content = agenda_pdf(agenda_meeting(points=(Point("1", "A", text=word),)), "da")
    assert word in pdf_text(content)
    assert page_count(content) == 2


TEXTS = st.text(st.characters(), max_size=60)


@given(text=TEXTS)
@settings(max_examples=count(reduced=15, full=300))
def test_any_text_at_all_makes_every_document(text):
    meeting = everywhere(text)
    assert minutes_pdf(meeting, "da").startswith(b"%PDF")
    assert lines(minutes_docx(meeting, "en"))[0].startswith("Minutes")
    assert len(Calendar.from_ical(meeting_ics(meeting, "da")).walk("VEVENT")) == 1
    orders = Orders(text, WRITTEN, (Order("1", text),))
    assert openpyxl.load_workbook(BytesIO(orders_xlsx(orders, "da"))).worksheets[0].max_row == 2
