"""A run that is ended, or that the disk refuses, at any system call that changes a file: no subscriber may notice.

usage: crash.py [--all] PROGRAM

The real program publishes a small newsroom under strace, which lets one call fail, one after another. After each: every
feed is the old file or the new one, whole; the exit status tells the truth; and the next run, undisturbed, ends with the
bytes that one undisturbed run would have made. At the end stands how many points were tried.

Every call is tried with SIGKILL, which strikes before it, and with an error, EIO and ENOSPC in turn; some with SIGTERM and
SIGINT, which strike behind it. With `--all`, all are tried with all.
"""

import os
import sys
import tempfile
from collections import Counter, namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "readers"))

import faults
import holder
import listing
import newsroom
import verdict
from scenes import BUILD, published, scenes
from tally import Tally

Point = namedtuple("Point", "scene call fault")


def points(scene, thorough):
    for number, call in enumerate(scene.calls):
        for fault in faults.ALL:
            at_some = fault in faults.STRIKE_BEHIND and number % 10 == 0
            if thorough or at_some or fault in (faults.KILL, faults.error_of(call)):
                yield Point(scene, call, fault)


def tried(program, point):
    """The broken promises."""
    scene, call, fault = point
    with tempfile.TemporaryDirectory(prefix="feedmill-crash-") as place:
        directory = Path(place).resolve() / "newsroom"
        newsroom.copy(scene.base, directory)
        run = faults.with_fault(program, directory, scene.arguments, call, fault)
        if not faults.is_same(call, run.hit):
            return [f"the fault befell {run.hit}: {run.said}"]
        broken = list(verdict.in_between(scene, directory))
        if fault.status is None:
            broken += verdict.told(scene, directory, run)
        elif run.status != fault.status:
            broken.append(f"status {run.status}: {run.said.strip()}")
        run = faults.undisturbed(program, directory, scene.arguments)
        if run.status != scene.status:
            broken.append(f"the next run ends with {run.status}: {run.said.strip()}")
        return broken + list(verdict.healed(scene, directory))


def check_expectations(tally, scene):
    """That the scene is the one that is meant."""
    found = verdict.announced(scene.old, scene.new)
    tally.holds(f"{scene.name}: every format", {Path(path).name for path in scene.new.feeds} >= newsroom.FILES)
    tally.same(f"{scene.name}: what is new", found, newsroom.ANNOUNCED)


def main(program, thorough):
    reason = faults.cannot_trace(program)
    if reason:
        print(f"SKIPPED: {reason}")
        sys.exit(faults.CANNOT_TRACE)
    tally, counts = Tally(), Counter()
    with tempfile.TemporaryDirectory(prefix="feedmill-crash-") as root:
        root = Path(root).resolve()
        listing.check(tally, program, published(program, root / "listing"), BUILD)
        all_points = []
        for scene in scenes(program, root):
            if scene.name == "everything changes":
                check_expectations(tally, scene)
                holder.check(tally, program, scene)
            loose = list(verdict.loose(scene.calls))
            tally.holds(f"{scene.name}: a power cut finds every file whole", not loose, "\n  ".join(loose))
            all_points += points(scene, thorough)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for point, broken in zip(all_points, pool.map(lambda point: tried(program, point), all_points)):
                scene, call, fault = point
                counts[scene.name, fault.kind] += 1
                what = f"{scene.name}, {fault.kind} at {call.name} number {call.number} ({faults.shown(call)})"
                tally.holds(what, not broken, "\n  ".join(broken))
    for (name, kind), number in counts.items():
        print(f"{name}: {kind:6} at {number} points")
    print(f"{sum(counts.values())} points")
    tally.close()


main(Path(sys.argv[-1]).resolve(), "--all" in sys.argv[1:-1])
