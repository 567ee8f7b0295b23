"""The service driven at random, against a clerk's card for each task: no difference, and a chain that stands.

The files lie in memory where the machine has a place for that: chance is what is tested here, not the disk.
"""

import tempfile
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from governance.model import Conflict, RequestError
from governance.service import (
    Governance,
    add_item,
    adopt,
    adoption,
    advance,
    audit_export,
    audit_recheck,
    audit_verify,
    correct,
    erase_person,
    import_table,
    items,
    people,
    record_fact,
)
from governance.service.rulefiles import load_rulebooks
from governance.store import make_engine
from tests.counts import count
from tests.databases import empty_file, quick_folder
from tests.property.society import BODIES, STEPS, Line, Task, allowed, state, takes_back, write_rules

PEOPLE = ("Ask Birkelund", "Lind Elmegård", "Røn Hasselby")
MOST_TASKS = 2
back = st.integers(0, 6)
reasons = st.sampled_from(["", "", "efter referatet"])


class RecordMachine(RuleBasedStateMachine):
    """Commands, days, races, retries, corrections, imports, erasures and new rules, in any order."""

    tasks = Bundle("tasks")

    @initialize()
    def open(self):
        self.folder = tempfile.TemporaryDirectory(dir=quick_folder())
        self.path = Path(self.folder.name)
        write_rules(self.path / "rules" / "2025-01-01", date(2025, 1, 1), always=False)
        self.now = datetime(2025, 3, 3, 9, tzinfo=UTC)
        (self.path / "record.sqlite").write_bytes(empty_file())
        self.engine = make_engine(f"sqlite:///{self.path / 'record.sqlite'}")
        self.gov = Governance(self.engine, load_rulebooks(self.path / "rules"), self.clock)
        self.cards: dict[str, Task] = {}
        self.events = 0
        self.answers = []
        self.always_from = date.max
        self.held: dict[date, dict] = {}

    def clock(self):
        return self.now

    @property
    def today(self):
        return self.now.date()

    def stored(self, receipt, events=1):
        """Count what was stored, and keep the receipt."""
        self.events += events
        assert receipt.event == self.events
        self.answers.append(receipt)
        return receipt

    def always(self, on):
        return on >= self.always_from

    @precondition(lambda self: len(self.cards) < MOST_TASKS)
    @rule(target=tasks, known_since=st.none() | st.integers(1, 30), who=st.sampled_from(PEOPLE))
    def add(self, known_since, who):
        number = f"opgave {len(self.cards) + 1}"
        since = self.today - timedelta(days=known_since or 0)
        origin = {"origin": "live"} if known_since is None else {"origin": "history", "source": "mappen"}
        self.stored(add_item(self.gov, number, "oenske", f"Fra {who}", on=str(since), recorder=who, **origin))
        self.cards[number] = Task(since)
        return number

    @rule(number=tasks, choices=st.lists(st.integers(0, 3), min_size=1, max_size=6))
    def go_on(self, number, choices):
        """Steps that the card allows, one after the other: chance alone would seldom get anywhere."""
        for which in choices:
            self.one_of_those_allowed(number, which, self.today, "")

    @rule(number=tasks, which=st.integers(0, 3), days=st.integers(1, 9), reason=reasons)
    def minutes_come_late(self, number, which, days, reason):
        """A step of an earlier day is written down, after those that came later."""
        self.one_of_those_allowed(number, which, self.today - timedelta(days=days), reason)

    def one_of_those_allowed(self, number, which, on, reason):
        card = self.cards[number]
        open_ = [step for step in STEPS if self.may(card, step, on)]
        if open_:
            self.act(number, open_[which % len(open_)], None, on, reason, "now")

    def may(self, card, step, on, body=""):
        """Whether the rules of the day allow a step, the past left alone."""
        by = body or STEPS[step][0]
        return allowed(card, card.card(by=on), step, by, on, always=self.always(on))

    @rule(
        number=tasks,
        step=st.sampled_from(sorted(STEPS)),
        body=st.none() | st.sampled_from(BODIES),
        back=st.just(0) | back,
        reason=reasons,
        seen=st.sampled_from(["now", "stale", "unsaid"]),
    )
    def try_(self, number, step, body, back, reason, seen):
        self.act(number, step, body, self.today - timedelta(days=back), reason, seen)

    def act(self, number, step, body, on, reason, seen):
        card = self.cards[number]
        body = body or STEPS[step][0]
        version = {"now": card.version, "stale": card.version - 1, "unsaid": None}[seen]
        command = {"on": str(on), "reason": reason, "version": version, "key": f"act {self.events}"}
        try:
            receipt = advance(self.gov, number, step, body, **command)
        except Conflict as conflict:
            found = (seen, conflict.current)
            assert found == ("stale", card.version)
            return
        except RequestError:
            assert on < card.since
            return
        assert seen != "stale"
        rewrites = not reason and takes_back(card, step, body, on, always=self.always(on))
        may = self.may(card, step, on, body) and not rewrites
        assert receipt.allowed == may, (step, body, on, receipt.findings)
        self.stored(receipt)
        if may:
            card.lines.append(Line(receipt.event, on, step, body))
            card.version += 1
        again = advance(self.gov, number, step, body, **command)
        assert again == receipt

    @rule(number=tasks, size=st.sampled_from("SML"), back=back, who=st.sampled_from(PEOPLE))
    def tell_size(self, number, size, back, who):
        card, on = self.cards[number], self.today - timedelta(days=back)
        try:
            receipt = record_fact(
                self.gov,
                number,
                "stoerrelse",
                size,
                source=f"brev fra {who}",
                on=str(on),
                version=card.version,
            )
        except RequestError:
            assert on < card.since
            return
        self.stored(receipt)
        card.lines.append(Line(receipt.event, on, sizes=[(receipt.event, size)]))
        card.version += 1

    @rule(number=tasks, size=st.none() | st.sampled_from("SML"), which=st.integers(0, 10))
    def put_right(self, number, size, which):
        card = self.cards[number]
        wrong = [line for line in card.lines if line.struck is None and (size is None or line.sizes)]
        newest = [line.event for line in wrong if line.sizes]
        if not wrong or (size is not None and wrong[which % len(wrong)].event != newest[-1]):
            return
        line = wrong[which % len(wrong)]
        last = line.sizes[-1][0] if line.sizes else line.event
        receipt = self.stored(correct(self.gov, last, reason="skrevet forkert", value=size))
        card.version += 1
        if size is None:
            line.struck = receipt.event
        else:
            line.sizes.append((receipt.event, size))

    @rule(number=tasks, step=st.sampled_from(sorted(STEPS)))
    def race(self, number, step):
        """Two clerks take the same step on the same page at the same moment."""
        card = self.cards[number]
        if not self.may(card, step, self.today):
            return
        start, came = threading.Barrier(2), []

        def clerk():
            start.wait()
            try:
                came.append(advance(self.gov, number, step, STEPS[step][0], version=card.version))
            except Conflict as conflict:
                came.append(conflict)

        clerks = [threading.Thread(target=clerk) for _ in range(2)]
        for each in clerks:
            each.start()
        for each in clerks:
            each.join()
        won = [each for each in came if not isinstance(each, Conflict)]
        assert len(won) == 1, came
        assert len(came) == 2
        self.stored(won[0])
        card.lines.append(Line(won[0].event, self.today, step, STEPS[step][0]))
        card.version += 1

    @precondition(lambda self: len(self.cards) < MOST_TASKS)
    @rule(
        target=tasks,
        steps=st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=4),
        twice=st.booleans(),
        who=st.sampled_from(PEOPLE),
    )
    def take_in_an_old_list(self, steps, twice, who):
        """What happened before the tool is stored as it was; the same list again changes nothing."""
        number = f"opgave {len(self.cards) + 1}"
        since = self.today - timedelta(days=len(steps) + 1)
        rows = [(step, since + timedelta(days=place)) for place, step in enumerate(steps)]
        self.write(
            "sager.csv", ["nummer;type;titel;hvornår;kilde", f"{number};oenske;Fra {who};{since};listen"]
        )
        self.write(
            "skridt.csv",
            [
                "sag;skridt;organ;hvornår;kilde",
                *(f"{number};{s};{STEPS[s][0]};{on};listen" for s, on in rows),
            ],
        )
        dry = import_table(self.gov, self.path / "sager.csv", "items", dry_run=True)
        assert (dry.new, dry.stored) == (1, False)
        for _ in range(1 + twice):
            import_table(self.gov, self.path / "sager.csv", "items")
            import_table(self.gov, self.path / "skridt.csv", "events")
        card = self.cards[number] = Task(since, version=1 + len(rows))
        first = self.events + 2
        card.lines = [Line(first + n, on, s, STEPS[s][0]) for n, (s, on) in enumerate(rows)]
        self.events += 1 + len(rows)
        return number

    def write(self, name, lines):
        (self.path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    @rule(who=st.sampled_from(PEOPLE))
    def forget(self, who):
        """A name is taken out of the files, with every text it stands in; all else stays."""
        refs = [line.ref for line in people(self.gov) if line.name == who]
        for ref in refs:
            done = erase_person(self.gov, ref, reason="efter ønske")
            self.events += 1
            assert done.swept
            files = b"".join(path.read_bytes() for path in self.path.glob("record.sqlite*"))
            assert who.encode() not in files

    @precondition(lambda self: self.always_from == date.max)
    @rule(days=st.integers(1, 6))
    def change_the_rules(self, days):
        """From a day on every task needs approval; what came before is judged as it was."""
        since = self.today + timedelta(days=days)
        folder = str(write_rules(self.path / "next" / since.isoformat(), since, always=True))
        seen = adoption(self.gov, folder)
        self.stored(adopt(self.gov, folder, seen.code))
        self.always_from = since

    @rule(days=st.integers(1, 9))
    def wait(self, days):
        self.held[self.today] = self.now_on_the_cards()
        self.now += timedelta(days=days)

    def now_on_the_cards(self):
        return {number: (state(card.card()), card.version) for number, card in self.cards.items()}

    @invariant()
    def every_task_is_where_its_card_says(self):
        if not hasattr(self, "cards"):
            return
        found = {line.id: (line.state.id, line.version) for line in items(self.gov)}
        assert found == self.now_on_the_cards()

    def teardown(self):
        if not hasattr(self, "engine"):
            return
        self.the_record_proves_itself()
        self.what_was_held_is_still_told()
        self.engine.dispose()
        self.folder.cleanup()

    def the_record_proves_itself(self):
        """The chain stands, every receipt is in it, and each event decided again comes to the same."""
        audit = audit_verify(self.gov, expect=[receipt.proof for receipt in self.answers])
        assert (audit.events, audit.problems) == (self.events, ())
        if not self.events:
            return
        audit_export(self.gov, self.path / "record.jsonl")
        again = audit_recheck(self.path / "record.jsonl")
        assert (again.problems, again.erased) == ((), ()), "no rule reads a title or a source"

    def what_was_held_is_still_told(self):
        """Asked as known on a day gone by, the record says what the cards said at the end of it."""
        for day, cards in self.held.items():
            found = {
                line.id: (line.state.id, line.version)
                for line in items(self.gov, on=str(day), known=str(day))
            }
            assert found == cards


RecordMachine.TestCase.settings = settings(
    max_examples=count(reduced=80, full=2000), stateful_step_count=30, deadline=None
)
test_the_service_keeps_the_same_record_as_a_clerk_with_cards = RecordMachine.TestCase
