"""The record proves itself: in the database, and in a file that can be judged again without one."""

from governance.audit.export import export
from governance.audit.problems import Problem
from governance.audit.recheck import Recheck, recheck
from governance.audit.verify import Audit, head, verify

__all__ = ["Audit", "Problem", "Recheck", "export", "head", "recheck", "verify"]
