"""strace around one run of the program: which system calls change files, and what happens when one of them fails.

Only the main thread is traced, so that its n-th call of a name is the same call in every run: the others only read articles,
and one of them writes what is thrown away where it is not whole. `record` makes sure of that.
"""

import os
import re
import shutil
import signal
import subprocess
from collections import Counter, namedtuple

SECONDS = 60
ENVIRONMENT = {"PATH": os.environ["PATH"], "RAYON_NUM_THREADS": "1"}
# the index on its way
UNFINISHED = ".feedmill/index.new"
# the exit status of a test that cannot be run here
CANNOT_TRACE = 77

# every way to change a file or a directory, and the lock; a name that this machine does not know is passed over
CALLS = """
    open openat openat2 creat write writev pwrite64 pwritev pwritev2 copy_file_range sendfile splice truncate ftruncate
    fallocate fsync fdatasync sync_file_range syncfs sync rename renameat renameat2 link linkat symlink symlinkat unlink
    unlinkat mkdir mkdirat rmdir mknod mknodat chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes
    utimensat futimesat setxattr fsetxattr removexattr flock
""".split()
OPENS = {"open", "openat", "openat2", "creat"}
# on most disks; where files are copied on write, a full disk can say no to every change
NEEDS_NO_ROOM = {"flock", "unlink", "unlinkat", "rmdir", "ftruncate", "fchmod", "fchown", "utimensat"}

# One call that changes something: the how-manieth of its name, and the path, or both of a rename.
Call = namedtuple("Call", "name number path")
# What befalls a call: a signal, which ends the run, or an error that the program sees.
Fault = namedtuple("Fault", "kind injection status")

# SIGKILL strikes before the call is done, the others after it
KILL = Fault("KILL", "signal=KILL", -signal.SIGKILL)
TERM = Fault("TERM", "signal=TERM", -signal.SIGTERM)
INT = Fault("INT", "signal=INT", -signal.SIGINT)
ENOSPC = Fault("ENOSPC", "error=ENOSPC", None)
EIO = Fault("EIO", "error=EIO", None)

ALL = (KILL, ENOSPC, EIO, TERM, INT)
STRIKE_BEHIND = (TERM, INT)

# how a run ended, what it said, and the call that the fault befell in truth
Run = namedtuple("Run", "status said hit")


def is_same(call, other):
    """The same call in another run, where temporary files have other names."""
    return other is not None and call._replace(path=shown(call)) == other._replace(path=shown(other))


def shown(call):
    return re.sub(r"\.feedmill-\w{6}\.tmp", ".feedmill-*.tmp", call.path)


def error_of(call):
    """One of the errors, in turn; not a full disk where no room is needed."""
    return ENOSPC if call.number % 2 and call.name not in NEEDS_NO_ROOM else EIO


def cannot_trace(program):
    """The reason why not, if so."""
    if not shutil.which("strace"):
        return "strace is missing"
    # a container may forbid it
    tried = subprocess.run(["strace", "-o", "/dev/null", program, "--version"], capture_output=True, text=True)
    if tried.returncode != 0:
        return f"strace cannot trace here: {tried.stderr.strip()}"
    return None


def undisturbed(program, directory, arguments):
    """A run that nothing disturbs."""
    return started([program, *arguments], directory)


def record(program, directory, arguments):
    """The calls that change something in the newsroom, in their order."""
    log = directory.parent / "calls"
    everything = ",".join(f"?{name}" for name in CALLS)
    run = started(["strace", "-f", *options(log), "-e", f"trace={everything}", program, *arguments], directory)
    if run.status not in (0, 1):
        raise RuntimeError(f"ended with {run.status} under strace: {run.said}")
    lines = [line.split(None, 1) for line in log.read_text().splitlines()]
    main = lines[0][0]
    numbers, calls = Counter(), []
    for thread, line in lines:
        call = parsed(line, directory)
        if call is None:
            continue
        if thread == main:
            numbers[call.name] += 1
        if call.path is None:
            continue
        if thread != main and UNFINISHED in call.path:
            continue
        if thread != main:
            raise RuntimeError(f"a thread changes files, which are only watched in the main one: {line}")
        calls.append(call._replace(number=numbers[call.name]))
    return calls


def with_fault(program, directory, arguments, call, fault):
    """A run in which `fault` befalls `call`."""
    log = directory.parent / "calls"
    run = started(["strace", *injecting(call, fault.injection), *options(log), program, *arguments], directory)
    lines = [line for line in log.read_text().splitlines() if line.startswith(f"{call.name}(")]
    hit = [line for line in lines if line.endswith("(INJECTED)")] if fault.status is None else lines[-1:]
    hit = parsed(hit[0], directory) if hit else None
    return run._replace(hit=hit and hit.path and hit._replace(number=call.number))


def injecting(call, injection):
    return ["-e", f"trace={call.name}", "-e", f"inject={call.name}:{injection}:when={call.number}"]


def options(log):
    return ["-o", log, "-y", "-s", "0"]


def started(command, directory):
    run = subprocess.run(
        [str(part) for part in command],
        cwd=directory,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
    )
    return Run(run.returncode, run.stdout, None)


def parsed(line, directory):
    """The call that a line of strace tells; its path is `None` where it changes nothing in the newsroom."""
    match = re.match(r"(\w+)\((.*)", line)
    if not match:
        return None
    name, arguments = match.groups()
    arguments = arguments.rpartition(") = ")[0] or arguments
    if name in OPENS and not re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", arguments):
        return Call(name, None, None)
    # -y writes behind each descriptor where it leads to; the working directory of relative paths is the newsroom
    named = re.findall(r'"([^"]+)"|\d<([^>]*)>', arguments)
    paths = [os.path.join(directory, quoted) if quoted else opened for quoted, opened in named]
    inside = f"{directory}/"
    paths = [path.removeprefix(inside) for path in paths if path.startswith(inside)]
    return Call(name, None, " -> ".join(paths) or None)
