"""Chain the events, keep free text and names beside them, and add the tables around the record."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from secrets import choice, token_hex
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
GENESIS = "0" * 64
ERASED = "[slettet]"

LEDGER = "One row: number, hash and time of the last event. Writers lock it: numbers follow the commits."
OLD_LEDGER = "One row: the number of the last event. Writers lock it: numbers follow the commits."
OLD_EVENTS = "The record. Rows are added, never changed or removed; triggers refuse both."


def upgrade() -> None:
    bind = op.get_bind()
    old = list(bind.execute(sa.text("SELECT * FROM events ORDER BY number")).mappings())
    last = bind.execute(sa.text("SELECT last FROM ledger")).scalar()
    _drop_triggers(bind)
    op.drop_table("events")
    op.drop_table("ledger")
    _create_ledger()
    with op.batch_alter_table("things") as things:
        things.create_check_constraint("shape", "version > 0 AND length(id) > 0")
    _create_events()
    _create_beside()
    _create_around()
    for statement in GUARDS[bind.dialect.name]:
        op.execute(statement)
    head, at = _carry_over(bind, [dict(row) for row in old])
    bind.execute(
        sa.text("INSERT INTO ledger (id, last, head, at) VALUES (1, :last, :head, :at)"),
        {"last": last or 0, "head": head, "at": at},
    )


def _create_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_one_row")),
        sa.CheckConstraint("last >= 0 AND length(head) = 64", name=op.f("ck_ledger_shape")),
        comment=LEDGER,
    )


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("entity", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("on_low", sa.String(10)),
        sa.Column("on_high", sa.String(10)),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("recorder", sa.String(20), nullable=False),
        sa.Column("rulebook", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["things.id"], name="fk_events_entity"),
        sa.PrimaryKeyConstraint("number", name="pk_events"),
        sa.CheckConstraint("number > 0 AND version > 0", name=op.f("ck_events_numbers")),
        sa.CheckConstraint(
            "kind IN ('added', 'fact', 'step', 'refused', 'corrected', 'complete', 'erased', 'adopted')",
            name=op.f("ck_events_kind"),
        ),
        sa.CheckConstraint("origin IN ('live', 'history')", name=op.f("ck_events_origin")),
        sa.CheckConstraint(
            "length(hash) = 64 AND length(previous) = 64 AND hash <> previous", name=op.f("ck_events_chain")
        ),
        sa.CheckConstraint(
            "length(source) IN (0, 64) AND length(rulebook) IN (0, 64)", name=op.f("ck_events_digests")
        ),
        sa.CheckConstraint(
            "on_low IS NULL OR on_high IS NULL OR on_low <= on_high", name=op.f("ck_events_dates_in_order")
        ),
        sa.CheckConstraint("length(on_low) = 10 AND length(on_high) = 10", name=op.f("ck_events_dates")),
        sa.CheckConstraint("length(recorded_at) = 32 AND payload LIKE '{%}'", name=op.f("ck_events_shape")),
        comment=OLD_EVENTS,
    )
    op.create_index("ix_events_entity", "events", ["entity"])


def _create_beside() -> None:
    op.create_table(
        "texts",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("event", WHOLE, nullable=False),
        sa.Column("place", sa.String(20), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.number"], name="fk_texts_event"),
        sa.PrimaryKeyConstraint("digest", name="pk_texts"),
        sa.CheckConstraint(
            "length(digest) = 64 AND length(salt) = 32 AND length(text) > 0", name=op.f("ck_texts_shape")
        ),
        comment="Free text of events, which hold only its salted digest; a row is removed when it is erased.",
    )
    op.create_index("ix_texts_event", "texts", ["event"])
    op.create_table(
        "people",
        sa.Column("ref", sa.String(20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ref", name="pk_people"),
        sa.CheckConstraint("ref LIKE 'p-%'", name=op.f("ck_people_shape")),
        comment="Who the references in the events stand for; a row is removed when a person is erased.",
    )
    op.create_table(
        "rulebooks",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("from_", sa.String(10), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_rulebooks"),
        sa.CheckConstraint("length(digest) = 64 AND length(from_) = 10", name=op.f("ck_rulebooks_shape")),
        comment="The rule files by the digest that events name. Rows are added, never changed or removed.",
    )


def _create_around() -> None:
    op.create_table(
        "keys",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("event", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.number"], name="fk_keys_event"),
        sa.PrimaryKeyConstraint("key", name="pk_keys"),
        sa.CheckConstraint("length(key) > 0 AND length(content) = 64", name=op.f("ck_keys_shape")),
        comment="Commands that have been answered, so that a retry gets the first answer.",
    )
    op.create_table(
        "accesses",
        sa.Column("id", WHOLE, autoincrement=True, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("did", sa.String(100), nullable=False),
        sa.Column("what", sa.String(200), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accesses"),
        sa.CheckConstraint("length(at) = 32", name=op.f("ck_accesses_shape")),
        comment="Who read or tried what. Personal data with a retention; no part of the record.",
    )
    op.create_index("ix_accesses_at", "accesses", ["at"])
    op.create_table(
        "settings",
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("from_", sa.String(10), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column("by", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("name", "from_", name="pk_settings"),
        sa.CheckConstraint("length(from_) = 10 AND length(at) = 32", name=op.f("ck_settings_shape")),
        comment="Settings with the date they hold from.",
    )


def downgrade() -> None:
    """Back to the first tables. Names and texts go back into the events; the chain and the rest are lost."""
    bind = op.get_bind()
    rows = list(bind.execute(sa.text("SELECT * FROM events ORDER BY number")).mappings())
    texts = {row[0]: row[1] for row in bind.execute(sa.text("SELECT digest, text FROM texts"))}
    names = {row[0]: row[1] for row in bind.execute(sa.text("SELECT ref, name FROM people"))}
    last = bind.execute(sa.text("SELECT last FROM ledger")).scalar()
    _drop_guards(bind)
    for table in ("settings", "accesses", "keys", "rulebooks", "people", "texts", "events", "ledger"):
        op.drop_table(table)
    with op.batch_alter_table("things") as things:
        things.drop_constraint(op.f("ck_things_shape"), type_="check")
    _create_first_tables(bind)
    bind.execute(sa.text("INSERT INTO ledger (id, last) VALUES (1, :last)"), {"last": last or 0})
    for row in rows:
        if row["kind"] in ("erased", "adopted"):
            continue
        old = dict(row)
        payload = json.loads(old["payload"])
        _open_payload(payload, old["kind"], texts, names)
        old["payload"] = _canonical(payload)
        old["source"] = texts.get(old["source"], ERASED) if old["source"] else ""
        old["recorder"] = names.get(old["recorder"], old["recorder"])
        bind.execute(INSERT_OLD, {name: old[name] for name in OLD_COLUMNS})


OLD_COLUMNS = (
    "number", "entity", "kind", "payload", "on_low", "on_high", "recorded_at", "origin", "source", "recorder",
    "rulebook",
)  # fmt: skip
INSERT_OLD = sa.text(
    f"INSERT INTO events ({', '.join(OLD_COLUMNS)}) VALUES ({', '.join(':' + each for each in OLD_COLUMNS)})"  # noqa: S608 - names of ours
)


def _create_first_tables(bind: sa.Connection) -> None:
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
        comment=OLD_LEDGER,
    )
    op.create_table(
        "events",
        sa.Column("number", WHOLE, autoincrement=False, nullable=False),
        sa.Column("entity", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("on_low", sa.Date()),
        sa.Column("on_high", sa.Date()),
        sa.Column("recorded_at", sa.String(40), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorder", sa.Text(), nullable=False),
        sa.Column("rulebook", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["entity"], ["things.id"], name="fk_events_entity"),
        sa.PrimaryKeyConstraint("number", name="pk_events"),
        comment=OLD_EVENTS,
    )
    op.create_index("ix_events_entity", "events", ["entity"])
    for statement in FIRST_GUARDS[bind.dialect.name]:
        op.execute(statement)


# ------------------------------------------------------------------------------ from one shape to the other


def _carry_over(bind: sa.Connection, old: list[dict[str, Any]]) -> tuple[str, str]:
    """The old events chained, with their texts and names beside them; gives the head and its time."""
    previous, at = GENESIS, ""
    versions: dict[str, int] = {}
    people: dict[str, str] = {}
    for row in old:
        texts: list[dict[str, Any]] = []

        def seal(place: str, text: str, number: int = row["number"], into: list[Any] = texts) -> str:
            if not text:
                return ""
            salt = token_hex(16)
            digest = _sha(salt + text)
            into.append({"digest": digest, "event": number, "place": place, "salt": salt, "text": text})
            return digest

        def ref(name: str) -> str:
            if name and name not in people:
                people[name] = "p-" + "".join(choice(LETTERS) for _ in range(8))
            return people.get(name, "")

        payload = json.loads(row["payload"])
        _close_payload(payload, row["kind"], seal, ref)
        changes = row["kind"] != "refused"
        version = versions[row["entity"]] = versions.get(row["entity"], 0) + changes
        moment = datetime.fromisoformat(row["recorded_at"]).astimezone(UTC).isoformat(timespec="microseconds")
        at = max(at, moment)
        new = {
            **{name: row[name] for name in ("number", "entity", "kind", "origin", "rulebook")},
            "payload": _canonical(payload),
            "on_low": None if row["on_low"] is None else str(row["on_low"]),
            "on_high": None if row["on_high"] is None else str(row["on_high"]),
            "recorded_at": at,
            "source": seal("source", row["source"]),
            "recorder": ref(row["recorder"]),
            "version": version,
            "previous": previous,
        }
        new["hash"] = previous = _sha(_canonical(new))
        _insert(bind, "events", new)
        for text in texts:
            _insert(bind, "texts", text)
    for name, reference in people.items():
        _insert(bind, "people", {"ref": reference, "name": name, "contact": ""})
    return previous, at


def _close_payload(said: Any, kind: str, seal: Callable[[str, str], str], ref: Callable[[str], str]) -> None:
    if kind == "added":
        said["title"] = {"text": seal("title", said["title"])}
    elif kind == "fact":
        said["value"] = _closed(said["value"], seal)
    elif kind in ("step", "refused"):
        request, findings = said["request"], said["findings"]
        request["person"], request["recorder"] = ref(request["person"]), ref(request["recorder"])
        request["reason"] = {"text": seal("reason", request["reason"])}
        request["inputs"] = {name: _closed(value, seal) for name, value in request["inputs"].items()}
        told = [[each.pop("because"), each.pop("mend")] for each in findings]
        said["findings"] = {
            "verdicts": findings,
            "told": {"text": seal("told", _canonical(told)) if told else ""},
        }
    elif kind == "corrected":
        said["reason"] = {"text": seal("reason", said["reason"])}
        if "replacement" in said:
            _close_payload(said["replacement"]["payload"], said["replacement"]["kind"], seal, ref)


def _closed(value: Any, seal: Callable[[str, str], str]) -> Any:
    words = value.get("words")
    return {"text": seal("fact", words[0])} if words and len(words) == 1 and not value["scale"] else value


def _open_payload(said: Any, kind: str, texts: dict[str, str], names: dict[str, str]) -> None:
    def text(sealed: Any) -> str:
        return texts.get(sealed["text"], ERASED) if sealed["text"] else ""

    def opened(value: Any) -> Any:
        return {"words": [text(value)], "scale": []} if "text" in value else value

    if kind == "added":
        said["title"] = text(said["title"])
    elif kind == "fact":
        said["value"] = opened(said["value"])
    elif kind in ("step", "refused"):
        request, findings = said["request"], said["findings"]
        request["person"] = names.get(request["person"], request["person"])
        request["recorder"] = names.get(request["recorder"], request["recorder"])
        request["reason"] = text(request["reason"])
        request["inputs"] = {name: opened(value) for name, value in request["inputs"].items()}
        written = text(findings["told"])
        gone = [[{"da": ERASED, "en": ERASED}, None]] * len(findings["verdicts"])
        told = gone if written == ERASED else json.loads(written or "[]")
        said["findings"] = [
            {**verdict, "because": because, "mend": mend}
            for verdict, (because, mend) in zip(findings["verdicts"], told, strict=True)
        ]
    elif kind == "corrected":
        said["reason"] = text(said["reason"])
        if "replacement" in said:
            _open_payload(said["replacement"]["payload"], said["replacement"]["kind"], texts, names)


def _insert(bind: sa.Connection, table: str, row: dict[str, Any]) -> None:
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    bind.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)  # noqa: S608 - names of ours


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _sha(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# ------------------------------------------------------------------------------------------------- triggers


def _drop_triggers(bind: sa.Connection) -> None:
    if bind.dialect.name == "postgresql":
        op.execute("DROP TRIGGER events_only_grow ON events")
    else:
        op.execute("DROP TRIGGER events_no_update")
        op.execute("DROP TRIGGER events_no_delete")


def _drop_guards(bind: sa.Connection) -> None:
    if bind.dialect.name == "postgresql":
        for table in ("events", "rulebooks"):
            op.execute(f"DROP TRIGGER {table}_only_grow ON {table}")
        op.execute("DROP TRIGGER texts_are_not_changed ON texts")
        op.execute("DROP FUNCTION texts_are_not_changed()")
        op.execute("DROP FUNCTION rulebooks_only_grow()")
        return
    for table in ("events", "rulebooks"):
        for act in ("update", "delete", "replace"):
            op.execute(f"DROP TRIGGER {table}_no_{act}")
    op.execute("DROP TRIGGER texts_no_update")
    op.execute("DROP TRIGGER texts_no_replace")


def _sqlite(table: str, act: str, said: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )


def _sqlite_replace(table: str, key: str, said: str) -> str:
    """INSERT OR REPLACE removes a row without asking the triggers that guard against it."""
    return (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
        f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )


def _postgresql(table: str, acts: str, name: str, said: str) -> list[str]:
    return [
        (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{said}'; END $$"
        ),
        f"CREATE TRIGGER {name} BEFORE {acts} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


GUARDS = {
    "sqlite": [
        _sqlite("events", "UPDATE", "events are only added"),
        _sqlite("events", "DELETE", "events are only added"),
        _sqlite_replace("events", "number", "events are only added"),
        _sqlite("rulebooks", "UPDATE", "rulebooks are only added"),
        _sqlite("rulebooks", "DELETE", "rulebooks are only added"),
        _sqlite_replace("rulebooks", "digest", "rulebooks are only added"),
        _sqlite("texts", "UPDATE", "texts are added or erased, not changed"),
        _sqlite_replace("texts", "digest", "texts are added or erased, not changed"),
    ],
    "postgresql": [
        (
            "CREATE TRIGGER events_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
            "FOR EACH STATEMENT EXECUTE FUNCTION events_only_grow()"
        ),
        *_postgresql(
            "rulebooks",
            "UPDATE OR DELETE OR TRUNCATE",
            "rulebooks_only_grow",
            "rulebooks are only added",
        ),
        *_postgresql(
            "texts",
            "UPDATE OR TRUNCATE",
            "texts_are_not_changed",
            "texts are added or erased, not changed",
        ),
    ],
}
FIRST_GUARDS = {
    "sqlite": [
        _sqlite("events", "UPDATE", "events are only added"),
        _sqlite("events", "DELETE", "events are only added"),
    ],
    "postgresql": [
        (
            "CREATE TRIGGER events_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON events "
            "FOR EACH STATEMENT EXECUTE FUNCTION events_only_grow()"
        ),
    ],
}
