"""The agenda: what stands in it, in which order, in both formats and languages."""

from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import pytest

from governance.documents import (
    Attendance,
    Fact,
    Listing,
    Meeting,
    Participant,
    Point,
    Score,
    Scores,
    agenda_docx,
    agenda_pdf,
)
from governance.documents.agenda import agenda
from governance.documents.blocks import Table
from governance.documents.tables import EMPTY_LIST, NO_SCORES
from governance.model import Text
from governance.values import Span, day, month_of, number
from tests.documents.docx_text import headings, lines, opened
from tests.documents.meeting_round import WRITTEN, agenda_meeting, points
from tests.documents.pdf_text import page_count, pdf_text, squeezed


def told(meeting, language="da"):
    return lines(agenda_docx(meeting, language))


def one_point(**facts):
    return agenda_meeting(points=(Point("1", "Punkt", **facts),))


def test_the_heading_tells_group_title_date_with_weekday_hours_place_and_form():
    said = told(agenda_meeting())
    assert said[:2] == [
        "Dagsorden · Referencegruppen for DUBU",
        "Referencegruppens møde den 9. september 2025",
    ]
    assert said[2:6] == [
        "Dato\ttirsdag den 9. september 2025",
        "Tid\tkl. 10.00–15.00",
        "Sted\tKOMBIT, København",
        "Mødeform\tfysisk",
    ]


def test_in_english_the_fixed_words_and_the_bilingual_ones_are_english():
    said = told(agenda_meeting(), "en")
    assert said[0] == "Agenda · The reference group for DUBU"
    assert said[2:6] == ["Date\tTuesday 9 September 2025", "Time\t10:00–15:00", *said[4:5], "Form\tin person"]
    assert "Chair\tKOMBIT" in said
    assert "Apologies\tnone recorded" in said


def test_participants_stand_by_role_and_those_with_apologies_apart():
    away = Participant("Lolland", "Medlemmer", Attendance.APOLOGIES)
    chair = Participant("KOMBIT", "Mødeleder", person="Birkelund")
    others = (Participant("Horsens", "Medlemmer"), chair, Participant("Køge", "Medlemmer", note="ny"))
    said = told(agenda_meeting(participants=(away, *others)))
    assert said[6:10] == [
        "Deltagere",
        "Medlemmer\tHorsens, Køge (ny)",
        "Mødeleder\tKOMBIT (Birkelund)",
        "Afbud\tMedlemmer: Lolland",
    ]


def test_points_are_numbered_headings_with_those_under_them_a_level_below():
    found = headings(agenda_docx(agenda_meeting(), "da"))
    assert found[0] == ("Heading 1", "Referencegruppens møde den 9. september 2025")
    assert ("Heading 2", "3. Opfølgning på tidligere ændringsønsker") in found
    assert ("Heading 3", "3.1. ÆØ-1765 – Mulighed for at vælge BHU som udfald på screening") in found
    numbers = [text.split(" ")[0] for _, text in found[2:]]
    assert numbers == ["1.", "2.", "3.", "3.1.", "3.4.", "4.", "4.1.", "4.2.", "5.", "6.", "7."]


def test_points_deeper_than_the_headings_go_stay_on_the_deepest():
    deep = Point("1.1.1.1", "Dybt")
    nested = Point("1", "A", points=(Point("1.1", "B", points=(Point("1.1.1", "C", points=(deep,)),)),))
    assert [style for style, _ in headings(agenda_docx(agenda_meeting(points=(nested,)), "da"))][2:] == [
        "Heading 2",
        "Heading 3",
        "Heading 4",
        "Heading 4",
    ]


def test_a_point_tells_facts_then_question_proposal_recommendation_and_presenter():
    facts = (Fact("Størrelse", "XS eller M", "Netcompany"), Fact("Ønsket", ""))
    asked = {
        "question": "Må den?",
        "proposal": "Den må.",
        "recommendation": "Godkend.",
        "presenter": "KOMBIT",
    }
    assert told(one_point(facts=facts, **asked))[-7:] == [
        "1. Punkt",
        "Størrelse\tXS eller M (kilde: Netcompany)",
        "Ønsket\tikke oplyst",
        "Spørgsmål\tMå den?",
        "Forslag\tDen må.",
        "Indstilling\tGodkend.",
        "Fremlægges af\tKOMBIT",
    ]


def test_a_source_that_all_facts_share_is_told_once():
    shared = told(one_point(facts=(Fact("A", "1", "bilag"), Fact("B", "2", "bilag"))))
    assert shared[-3:] == ["A\t1", "B\t2", "(kilde: bilag)"]
    apart = told(one_point(facts=(Fact("A", "1", "bilag"), Fact("B", "2", "andet"))))
    assert apart[-2:] == ["A\t1 (kilde: bilag)", "B\t2 (kilde: andet)"]


def test_the_source_of_a_fact_alone_stands_beside_it():
    assert told(one_point(facts=(Fact("A", "1", "bilag"),)))[-1] == "A\t1 (kilde: bilag)"


def test_an_item_number_that_begins_the_title_is_not_told_twice():
    twice = agenda_meeting(points=(Point("3.1", "ÆØ-1765 - Mulighed", "ÆØ-1765"),))
    assert told(twice)[-1] == "3.1. ÆØ-1765 - Mulighed"


def test_a_long_label_has_its_line_to_itself_and_further_paragraphs_stand_under_the_value():
    said = told(one_point(facts=(Fact("En meget lang betegnelse", "ja"), Fact("Kort", "a\nb"))))
    assert said[-3:] == ["En meget lang betegnelse\nja", "Kort\ta", "\tb"]


def test_a_listing_is_a_table_whose_heading_repeats_and_whose_empty_cells_are_marked():
    content = agenda_docx(agenda_meeting(), "da")
    table = opened(content).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Nr.", "Tilbagemelding", "Vurdering", "Prioritet"]
    assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert not table.rows[1]._tr.trPr.xpath("w:tblHeader")
    assert all(row._tr.trPr.xpath("w:cantSplit") for row in table.rows)
    assert [cell.text for cell in table.rows[1].cells][2:] == ["Ikke nu", "–"]
    assert "Superbrugernetværkets tilbagemeldinger, juni 2025" in lines(content)


def test_a_short_row_is_filled_up():
    said = told(one_point(tables=(Listing(("A",), (("1", "2", "3"), ("4",))),)))
    assert said[-3:] == ["A | – | –", "1 | 2 | 3", "4 | – | –"]


def test_scores_show_rank_tie_total_and_a_bar_and_what_is_unknown():
    said = told(agenda_meeting())
    start = said.index("Plads | Nr. | Titel | Point | Andel af højeste")
    rows = [row.split(" | ") for row in said[start + 1 : start + 6]]
    assert [(rank, item, total) for rank, item, _, total, _ in rows] == [
        ("1", "ÆØ-1716", "31"),
        ("2 (delt)", "ÆØ-1605", "24"),
        ("2 (delt)", "ÆØ-1434", "24"),
        ("4", "ÆØ-1754", "16"),
        ("–", "4.2", "ikke oplyst"),
    ]
    assert [len(bar) for *_, bar in rows] == [10, 8, 8, 5, 0]
    assert said[start + 6] == "Summen af medlemmernes point. Delte pladser afgøres ikke."


def test_a_bar_is_as_long_as_its_total_is_of_the_greatest():
    (table,) = (
        each for each in agenda(agenda_meeting(), "da").blocks if isinstance(each, Table) and each.bars
    )
    assert table.bars == (1, Fraction(24, 31), Fraction(24, 31), Fraction(16, 31), 0)


def test_scores_without_a_point_to_anybody_have_no_bars():
    nothing = Scores((Score("1", "A", number(0), 1, tied=True), Score("2", "B", number(0), 1, tied=True)))
    assert told(one_point(tables=(nothing,)))[-2:] == ["1 (delt) | 1 | A | 0 | ", "1 (delt) | 2 | B | 0 | "]


def test_empty_tables_are_told_in_a_sentence():
    said = told(one_point(tables=(Listing(("A",), (), "Tilbagemeldinger"), Scores(()))))
    assert said[-2:] == [f"Tilbagemeldinger: {EMPTY_LIST.da}", NO_SCORES.da]


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        (
            "da",
            [
                *("Dato\tikke oplyst", "Tid\tikke oplyst", "Sted\tikke oplyst", "Mødeform\tikke oplyst"),
                *("Deltagere", "Deltagere\tikke oplyst", "Afbud\tingen registreret"),
                "Dagsordenen har ingen punkter.",
            ],
        ),
        (
            "en",
            [
                *("Date\tnot stated", "Time\tnot stated", "Place\tnot stated", "Form\tnot stated"),
                *("Participants", "Participants\tnot stated", "Apologies\tnone recorded"),
                "The agenda has no points.",
            ],
        ),
    ],
)
def test_a_meeting_of_which_nothing_is_known_reads_naturally(language, wanted):
    nothing = Meeting("", "", WRITTEN)
    assert told(nothing, language)[2:] == wanted
    assert squeezed("".join(wanted)) in pdf_text(agenda_pdf(nothing, language))


def test_a_date_known_to_the_month_has_no_weekday():
    assert "Dato\tmarts 2026" in told(agenda_meeting(on=month_of(2026, 3)))
    assert "Dato\tsenest 1. marts 2026" in told(agenda_meeting(on=Span(None, date(2026, 3, 1))))


def test_a_start_without_an_end_is_told_alone():
    assert "Tid\tkl. 09.30" in told(agenda_meeting(starts=time(9, 30), ends=None))


def test_a_cancelled_meeting_says_so_first():
    assert told(agenda_meeting(cancelled=True))[2] == "Mødet er aflyst."
    assert "Mødet er aflyst." not in told(agenda_meeting())


def test_what_was_concluded_is_not_in_the_agenda():
    concluded = agenda_meeting(points=points(concluded=True))
    assert told(concluded) == told(agenda_meeting())


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pdf_tells_all_the_docx_tells(language):
    content = agenda_pdf(agenda_meeting(points=points()[:4]), language)
    said = pdf_text(content)
    for line in told(agenda_meeting(points=points()[:4]), language):
        assert squeezed(line) in said


@pytest.mark.parametrize(("language", "locale"), [("da", b"da-DK"), ("en", b"en-GB")])
def test_the_pdf_is_tagged_titled_and_says_its_language(language, locale):
    content = agenda_pdf(agenda_meeting(), language)
    assert b"/Lang(" + locale + b")" in content
    assert b"/StructTreeRoot" in content
    assert b"/Marked true" in content
    assert b"pdfuaid:part" in content
    assert b"/DisplayDocTitle true" in content
    assert {b"/S/H1", b"/S/H2", b"/S/H3", b"/S/TH", b"/S/THead", b"/S/TD"} <= structures(content)
    assert b"/CreationDate(D:20250829123000Z)" in content
    assert page_count(content) == 2


def structures(content):
    return {
        kind for kind in (b"/S/H1", b"/S/H2", b"/S/H3", b"/S/TH", b"/S/THead", b"/S/TD") if kind in content
    }


@pytest.mark.parametrize(("language", "locale"), [("da", "da-DK"), ("en", "en-GB")])
def test_the_docx_says_its_language_title_author_and_when_it_was_written(language, locale):
    document = opened(agenda_docx(agenda_meeting(), language))
    group = {"da": "Referencegruppen for DUBU", "en": "The reference group for DUBU"}[language]
    told_of = document.core_properties
    assert told_of.title.startswith({"da": "Dagsorden · ", "en": "Agenda · "}[language])
    assert (told_of.author, told_of.last_modified_by, told_of.comments) == (group, group, "")
    assert told_of.created == told_of.modified == WRITTEN
    assert told_of.language == locale
    spoken = document.styles.element.xpath("w:docDefaults//w:lang/@w:val")
    assert spoken == [locale]


def test_the_docx_has_no_empty_paragraph_and_is_of_size_a4():
    document = opened(agenda_docx(agenda_meeting(), "da"))
    assert all(paragraph.text.strip() for paragraph in document.paragraphs)
    assert (round(document.sections[0].page_width.cm, 1), round(document.sections[0].page_height.cm, 1)) == (
        21.0,
        29.7,
    )


@pytest.mark.parametrize("write", [agenda_docx, agenda_pdf])
def test_the_same_agenda_is_the_same_bytes_and_another_moment_others(write):
    first = write(agenda_meeting(), "da")
    assert write(agenda_meeting(), "da") == first
    later = agenda_meeting(written=WRITTEN.replace(day=30))
    assert write(later, "da") != first


def test_the_docx_carries_no_picture_of_another_document():
    with ZipFile(BytesIO(agenda_docx(agenda_meeting(), "da"))) as parts:
        assert not [name for name in parts.namelist() if "thumbnail" in name]


def test_a_moment_told_in_another_time_zone_is_the_same_moment():
    elsewhere = agenda_meeting(written=WRITTEN.astimezone(timezone(timedelta(hours=2))))
    assert agenda_docx(elsewhere, "da") == agenda_docx(agenda_meeting(), "da")
    assert agenda_pdf(elsewhere, "da") == agenda_pdf(agenda_meeting(), "da")


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        agenda_docx(agenda_meeting(written=datetime(2025, 8, 29)), "da")  # noqa: DTZ001 - what is tested


def test_titles_may_be_bilingual_or_as_written():
    both = agenda_meeting(title=Text("Møde", "Meeting"), on=day(date(2025, 9, 9)))
    assert [told(both, language)[1] for language in ("da", "en")] == ["Møde", "Meeting"]
