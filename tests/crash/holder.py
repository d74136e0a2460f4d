"""A run that stands still, somewhere between its first file and its last, while another one is started."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import faults
import newsroom
import verdict

SECONDS = 20


def check(tally, program, scene):
    """Stops a run before it puts its first file in place; then it may go on, or is killed."""
    first = next(call for call in scene.calls if call.name.startswith("rename"))
    for name, word in (("goes on", signal.SIGCONT), ("is killed", signal.SIGKILL)):
        with tempfile.TemporaryDirectory(prefix="feedmill-crash-") as place:
            directory = Path(place).resolve() / "newsroom"
            newsroom.copy(scene.base, directory)
            what = f"a run that stands still and {name}"
            with stopped(program, directory, scene.arguments, first) as (strace, holder):
                refused = faults.undisturbed(program, directory, scene.arguments)
                tally.same(f"{what}: the other is refused", refused.status, 2)
                tally.holds(f"{what}: the other names it", f"(pid {holder})" in refused.said, refused.said)
                broken = list(verdict.in_between(scene, directory))
                tally.holds(f"{what}: every feed is whole", not broken, "\n  ".join(broken))
                os.kill(holder, word)
                status = strace.wait(SECONDS)
            tally.same(f"{what}: its status", status, scene.status if word == signal.SIGCONT else -signal.SIGKILL)
            after = faults.undisturbed(program, directory, scene.arguments)
            tally.same(f"{what}: the lock is free", after.status, scene.status)
            broken = list(verdict.healed(scene, directory))
            tally.holds(f"{what}: all is as if nothing had happened", not broken, "\n  ".join(broken))


@contextlib.contextmanager
def stopped(program, directory, arguments, call):
    """A run that strace stops behind `call`; yields strace and the number of the process."""
    log = directory.parent / "stopped"
    command = ["strace", *faults.injecting(call, "signal=STOP"), *faults.options(log), program, *arguments]
    strace = subprocess.Popen(command, cwd=directory, env=faults.ENVIRONMENT, stdin=subprocess.DEVNULL)
    try:
        wait_for(lambda: log.exists() and "--- stopped by SIGSTOP ---" in log.read_text())
        [holder] = children(strace)
        yield strace, holder
    finally:
        if strace.poll() is None:
            # without strace it would stand still for ever
            for process in children(strace):
                os.kill(process, signal.SIGKILL)
            strace.kill()
            strace.wait()


def children(process):
    return [int(child) for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def wait_for(condition):
    deadline = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the run did not stop")
        time.sleep(0.01)
