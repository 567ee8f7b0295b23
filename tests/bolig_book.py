"""The rulebook of the tests' housing association, read once."""

from pathlib import Path

from governance.files import folder_digest, read_folder
from governance.parsing import parse_rulebook
from governance.referee import Referee
from governance.rulebook import Rulebooks

FOLDER = Path(__file__).parent / "rules" / "boligforening" / "2024-01-01"
_documents = read_folder(FOLDER)
BOOK = parse_rulebook(_documents, folder_digest(_documents))
REFEREE = Referee(BOOK)
BOOKS = Rulebooks((BOOK,))
