from contextlib import contextmanager

from sqlalchemy import event


@contextmanager
def count_queries(database):
    statements = []

    def note(_connection, _cursor, statement, *_):
        statements.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
