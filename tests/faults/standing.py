"""Whether a record stands: what an auditor would say of it, and every row of it."""

from sqlalchemy import select

from governance.audit import verify
from governance.store import metadata, reading
from tests.service.asking import everything


def stands(gov):
    """The events, after an audit that found nothing wrong."""
    with reading(gov.engine) as connection:
        audit = verify(connection)
    assert audit.problems == ()
    events = everything(gov).events
    assert audit.events == len(events)
    return events


def tables(gov):
    """Every row of every table."""
    with reading(gov.engine) as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }
