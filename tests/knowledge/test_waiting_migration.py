"""The table of waiting questions is made anew under those that refer to it, and gives no number twice from then on."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command

from knowledge.database import _config, _unchecked, make_engine, sqlite_url

GROUP = "INSERT INTO waiting_group (question, state, reason, assignee, answered_by) VALUES ('a', 'waiting', '', '', '')"


def moved(engine: sa.Engine, revision: str) -> None:
    config = _config()
    with _unchecked(engine) as connection, connection.begin():
        config.attributes["connection"] = connection
        step = command.downgrade if revision == "0020" else command.upgrade
        step(config, revision)


def numbers(engine: sa.Engine) -> list[int]:
    """After the newest group was deleted and another one made."""
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM waiting_group WHERE id = 2")
        connection.exec_driver_sql(GROUP)
        return list(connection.scalars(sa.text("SELECT id FROM waiting_group ORDER BY id")))


def test_groups_and_what_refers_to_them_stay_and_no_number_is_given_twice(migrated_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "motcua.sqlite3"
    path.write_bytes(migrated_file.read_bytes())
    engine = make_engine(sa.make_url(sqlite_url(path)))
    moved(engine, "0020")
    with engine.begin() as connection:
        for _ in range(2):
            connection.exec_driver_sql(GROUP)
        connection.exec_driver_sql(
            'INSERT INTO waiting_question (exchange, "group", text, why) VALUES (1, 1, "a", "x")'
        )
    moved(engine, "head")
    assert numbers(engine) == [1, 3]
    with engine.connect() as connection:
        assert connection.scalar(sa.text('SELECT "group" FROM waiting_question')) == 1
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert [index["name"] for index in sa.inspect(connection).get_indexes("waiting_group")] == [
            "ix_waiting_group_state"
        ]
    moved(engine, "0020")
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM waiting_group")) == 2
    engine.dispose()
