"""What every test shares: how many examples a property is tried on, the browser and the demo round."""

import os

from hypothesis import HealthCheck, settings

from tests.counts import FULL
from tests.databases import quick_folder

pytest_plugins = ["tests.browser", "tests.compiled", "tests.served"]

os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(quick_folder()))  # what a commit waits for is the disk

# No deadline and no `too_slow`: speed is a matter for tests/benchmarks, not for a loaded machine.
settings.register_profile(
    "reduced",
    max_examples=50,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "full",
    max_examples=2000,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("full" if FULL else "reduced")
