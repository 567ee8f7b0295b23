"""Opens rule files: strict YAML with the place of every key and value, and the digest of what was read.

Nothing is built from a file until its text, its syntax and its size have been looked through, and every fault
found on the way is reported at once as a `RuleError`.
"""

from governance.files.codes import CODES
from governance.files.collector import Position
from governance.files.document import Document, Path, parse_document
from governance.files.folder import folder_digest, read_folder

__all__ = ["CODES", "Document", "Path", "Position", "folder_digest", "parse_document", "read_folder"]
