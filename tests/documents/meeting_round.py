"""The meeting of the demo, told as nouns: facts of the agenda in our own words, no person's name."""

from datetime import UTC, date, datetime, time
from fractions import Fraction

from governance.documents.papers import (
    Approval,
    Attendance,
    Conclusion,
    Fact,
    FollowUp,
    Listing,
    Meeting,
    Participant,
    Point,
    Score,
    Scores,
)
from governance.model import Text
from governance.values import Span, day, month_of, number

WRITTEN = datetime(2025, 8, 29, 12, 30, tzinfo=UTC)
MEMBER, CHAIR = Text("Medlemmer", "Members"), Text("Mødeleder", "Chair")
OBSERVER, VENDOR = Text("Observatører", "Observers"), Text("Leverandør", "Vendor")
SOURCE = "dagsorden 9. september 2025"
CAME = Attendance.PRESENT


def participants(attendance=Attendance.UNKNOWN):
    leaving = Text("sidste møde", "last meeting")
    return (
        Participant("Horsens", MEMBER, attendance),
        Participant("Middelfart", MEMBER, attendance, note=leaving),
        Participant("Lolland", MEMBER, Attendance.APOLOGIES if attendance is CAME else attendance),
        Participant("Køge", MEMBER, attendance),
        Participant("Fredensborg", MEMBER, attendance),
        Participant("Aalborg", MEMBER, attendance, note=leaving),
        Participant("Glostrup", MEMBER, attendance),
        Participant("Fredericia", MEMBER, attendance, note=leaving),
        Participant("KOMBIT", CHAIR, attendance),
        Participant("Socialstyrelsen", OBSERVER, attendance),
        Participant("KL", OBSERVER, Attendance.ABSENT if attendance is CAME else attendance),
        Participant("Netcompany", VENDOR),
    )


FEEDBACK = Listing(
    (
        Text("Nr.", "No."),
        Text("Tilbagemelding", "Feedback"),
        Text("Vurdering", "Assessment"),
        Text("Prioritet", "Priority"),
    ),
    (
        (
            "1",
            "Økonomiens arbejde, når en anden kommune bliver handlekommune",
            Text("Ikke nu", "Not now"),
            "",
        ),
        ("2", "Fra frivillig anbringelse til tvang: indsatsen flyttes til en anden paragraf", "Bestilt", "1"),
        ("3", "Kravet om kladde, før en indsats kan med i en indstilling", "Bestilles ved enighed", "4"),
        ("4", "Indsatser kan ikke kopieres til søskende på grund af afgørelsen", "Undersøges", ""),
        ("5", "Sletning af en indsats efter mere end to opfølgninger", "Bestilt", ""),
        ("7", "TA, når to forældre hver kan være modtager", "Bestilles ved enighed", "3"),
        ("10", "Kopiering af indsatser", "Bestilles ved enighed", "2"),
        ("11", "Indsatsens datoer og økonomiens er ikke altid ens", "Ikke nu", ""),
    ),
    Text("Superbrugernetværkets tilbagemeldinger, juni 2025", "The superuser network's feedback, June 2025"),
)
SCORES = Scores(
    (
        Score("ÆØ-1716", "Nye undertyper til ’Ansøgning/anmodning", number(31), 1),
        Score(
            "ÆØ-1605",
            "Automatisk ændring af slutdato på indsats, når der laves opfølgning",
            number(24),
            2,
            True,
        ),
        Score("ÆØ-1434", "Integreret redigeringsværktøj ift. aktindsigt", number(24), 2, True),
        Score("ÆØ-1754", "Overførsel/kobling af oplysninger mellem afdækning og BHU", number(16), 4),
        Score("4.2", "Revisionslog – gemmes mere end 6 mdr.?"),
    ),
    Text("Samlet prioritering", "The prioritisation as a whole"),
    Text("Summen af medlemmernes point. Delte pladser afgøres ikke.", "Sum of points. Ties are not broken."),
)


def points(*, concluded=False):
    def end(conclusion):
        return conclusion if concluded else None

    investigate = FollowUp(
        "undersøger, om en revisionslog på 13 måneder går ud over ydeevnen", "Netcompany", month_of(2025, 11)
    )
    return (
        Point(
            "1", "Velkommen", text="Tre medlemmer er med for sidste gang. Nye medlemmer søges i nyhedsbrevet."
        ),
        Point("2", "Opdateret produktstrategi", presenter="KOMBIT"),
        Point(
            "3",
            "Opfølgning på tidligere ændringsønsker",
            points=(
                Point(
                    "3.1",
                    "Mulighed for at vælge BHU som udfald på screening",
                    "ÆØ-1765",
                    facts=(
                        Fact("Besluttet undersøgt", "Referencegruppens møde i marts 2025", SOURCE),
                        Fact("Styrelsens svar", "Afdækning bør også bruges i handicapsager.", SOURCE),
                        Fact("Beslægtet", "ÆØ-1754 (16 stemmer, ikke prioriteret i runden)", SOURCE),
                    ),
                    question="Hvad gør man nu ved ønsket, når en handicapsag skal afdækkes?",
                    presenter="KOMBIT",
                    conclusion=end(
                        Conclusion(
                            "Udsat", "Referencegruppen", "214", "Tages op igen, når styrelsen har svaret."
                        )
                    ),
                ),
                Point(
                    "3.4",
                    "Integreret redigeringsværktøj ift. aktindsigt",
                    "ÆØ-1434",
                    facts=(
                        Fact("Spor 1, estimat", "½–1 års videreudviklingsbudget (grovestimat)", SOURCE),
                        Fact("Spor 2, grænseflade", "SF1475; prøves af flere leverandører", SOURCE),
                        Fact("Spor 3, behov", "", "KOMBIT"),
                    ),
                    recommendation="Referencegruppen indstiller spor 2 til projektgruppen.",
                ),
            ),
        ),
        Point(
            "4",
            "Henvendelser fra kommunerne",
            points=(
                Point(
                    "4.1",
                    "Udslusningsordning BL § 114, stk. 1, nr. 3 – ny ydelsestype?",
                    facts=(Fact("Lovhenvisning", "BL § 114, stk. 1, nr. 3; § 46", SOURCE),),
                    question="Kan gruppen tilslutte sig?\nBør henvisningen til § 46 tages ud?",
                    proposal="KOMBIT vil kalde ydelsen ’Anden ydelse’ i stedet for ’Anbringelse’.",
                    conclusion=end(Conclusion("Tilsluttet", "Referencegruppen", "215")),
                ),
                Point(
                    "4.2",
                    "Revisionslog – gemmes mere end 6 mdr.?",
                    facts=(
                        Fact("Gemmes nu", "6 måneder", SOURCE),
                        Fact("Ønsket", "13 måneder", SOURCE),
                        Fact("Størrelse", "XS eller M", "Netcompany"),
                    ),
                    question="Må leverandøren bruge tid på at undersøge ydeevnen?",
                    conclusion=end(Conclusion("Undersøges", "Referencegruppen", "216")),
                    follow_ups=(investigate, FollowUp("tager punktet med på næste møde"))
                    if concluded
                    else (),
                ),
            ),
        ),
        Point("5", "Fokus på indsatsområdet", tables=(FEEDBACK,)),
        Point("6", "Prioritering af ændringsønsker", tables=(SCORES,)),
        Point("7", "Eventuelt", text="Lyd- og videofiler ved aktindsigt (meldt ind af Køge)."),
    )


def agenda_meeting(**changes):
    facts = {
        "group": Text("Referencegruppen for DUBU", "The reference group for DUBU"),
        "title": Text("Referencegruppens møde den 9. september 2025", "The meeting on 9 September 2025"),
        "written": WRITTEN,
        "on": day(date(2025, 9, 9)),
        "starts": time(10),
        "ends": time(15),
        "place": "KOMBIT, København",
        "form": Text("fysisk", "in person"),
        "participants": participants(),
        "points": points(),
        "dispatch": date(2025, 8, 30),
        "uid": "moede-2025-09-09@example.org",
    }
    return Meeting(**(facts | changes))


def minutes_meeting(**changes):
    facts = {
        "participants": participants(CAME),
        "points": points(concluded=True),
        "approval": Approval(day(date(2025, 10, 1)), Text("Referencegruppen", "The reference group")),
    }
    return agenda_meeting(**(facts | changes))


HALF_YEAR = Span(Fraction(1, 2), Fraction(1))
