"""The command line: words in, one use case, an exit code out.

0 done or kept, 1 refused, broken or unknown, 2 input that cannot be used, 3 somebody else was faster.
"""

from governance.cli.commands import cli, main

__all__ = ["cli", "main"]
