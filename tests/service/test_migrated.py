"""A record from before the chain proves itself once it has been opened."""

from alembic import command

from governance.service import audit_verify, items, load_demo, open_governance
from governance.store.upgrade import configuration


def test_a_record_of_the_first_tables_proves_itself_after_it_is_opened(database_url, clock):
    gov = open_governance(database_url, now=clock)
    load_demo(gov)
    before = items(gov)
    with gov.engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            command.downgrade(configuration(connection), "0001")
    gov.engine.dispose()
    again = open_governance(database_url, now=clock)
    assert items(again) == before
    assert audit_verify(again).problems == ()
    again.engine.dispose()
