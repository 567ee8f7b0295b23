"""What the demo is made of: a file of facts and accounts beside the rulebooks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from governance.files import parse_document
from governance.model import RequestError, Text
from governance.service.opening import rules_folder

FILE = "demo.yaml"
Told = Mapping[str, Any]


def read_demo(folder: Path | None = None) -> Told:
    """What the file in a folder of rulebooks tells, by default that of the environment.

    RequestError when it cannot be read.
    """
    path = (folder or rules_folder()) / FILE
    try:
        content = path.read_bytes()
    except OSError:
        raise RequestError(
            Text(f"demoens fil {path} kan ikke læses", f"the demo's file {path} cannot be read")
        ) from None
    told: Told = parse_document(FILE, content).data
    return told
