"""The bytes a database has on disk, searched as somebody would who opened its files."""

from pathlib import Path

from sqlalchemy import text


def settled(gov):
    """Let everything the database holds in memory reach its files."""
    if gov.engine.dialect.name == "postgresql":
        with gov.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CHECKPOINT"))


def folders(gov):
    """Where the database's files are; of PostgreSQL without its log of what is written ahead."""
    if gov.engine.dialect.name == "sqlite":
        return [Path(gov.engine.url.database).parent]
    data = Path(gov.engine.url.query["host"]) / "data"
    return [each for each in data.iterdir() if each.is_dir() and each.name != "pg_wal"]


def wal_folder(gov):
    """Where PostgreSQL writes ahead."""
    return Path(gov.engine.url.query["host"]) / "data" / "pg_wal"


def holding(found, words):
    """The files below some folders that hold any of some words, in any encoding SQLite or PostgreSQL uses."""
    sought = [form.encode(code) for word in words for form in forms(word) for code in ("utf-8", "utf-16-le")]
    return sorted(
        {
            str(file)
            for folder in found
            for file in folder.rglob("*")
            if file.is_file() and any(each in file.read_bytes() for each in sought)
        }
    )


def forms(word):
    """A word in the letters it may stand in."""
    return {word, word.upper(), word.lower(), word.title()}


def files_with(gov, *words):
    """The database's files that hold any of some words."""
    settled(gov)
    return holding(folders(gov), words)
