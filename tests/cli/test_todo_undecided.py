"""A duty nobody knows is met is told as undecided on the command line."""

from datetime import timedelta

from tests.cli.test_meetings import TODAY

HISTORY = ("--origin", "history", "--source", "et referat")


def meeting_told(run, id_, day):
    answer = run(
        "add",
        id_,
        *("--kind", "meeting", "--link", "body=referencegruppen", "--fact", f"date={day}"),
        *("--on", TODAY - timedelta(days=60), *HISTORY),
    )
    assert answer.code == 0, answer.err


def test_an_undecided_duty_says_so_and_a_late_one_does_not(run):
    told = ("--kind", "body", "--fact", "places=2", "--on", TODAY - timedelta(days=60))
    assert run("add", "referencegruppen", *told, *HISTORY).code == 0
    meeting_told(run, "m", TODAY + timedelta(days=1))
    until = TODAY - timedelta(days=6)
    assert f"(senest {until}; uafgjort) [K18]" in " ".join(run("todo").out.split())
    english = run("todo", "--language", "en").out
    assert f"(no later than {until}; undecided) [K18]" in " ".join(english.split())
    assert [each["unsure"] for each in run("todo", "--json").json["tasks"] if each["clause"] == "K18"] == [
        True
    ]
    assert run("complete", "m", "--source", "x").code == 0
    assert f"(for sent, senest {until}) [K18]" in " ".join(run("todo").out.split())
    assert "uafgjort" not in run("todo").out
