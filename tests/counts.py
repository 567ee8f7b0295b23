"""How much a test does: reduced in `make test`, everything in `make test-long`."""

import os

VARIABLE = "GOVERNANCE_TEST_COUNTS"
FULL = os.environ.get(VARIABLE, "reduced") == "full"

if os.environ.get(VARIABLE, "reduced") not in {"reduced", "full"}:
    message = f"{VARIABLE} is `reduced` (the default) or `full`, not `{os.environ[VARIABLE]}`"
    raise ValueError(message)


def count(*, reduced: int, full: int) -> int:
    """The number of cases for this run."""
    return full if FULL else reduced
