"""The newsrooms in which a run is disturbed, each ready for that run, with what becomes of it when nobody disturbs it."""

from collections import namedtuple

import faults
import newsroom

BUILD = ["build", "--as-of", newsroom.AS_OF]

# `base` is copied for each try, and `arguments` are run there. `old` is what subscribers had before, `new` what they have
# after a run that nothing disturbs, which ends with `status`: 1 where an article is faulty. `calls` are all that the run
# changes, in order.
Scene = namedtuple("Scene", "name base arguments old new status calls")


def scenes(program, root):
    first = empty(root / "first")
    newsroom.write(first)
    yield scene(program, "the first run", first, BUILD, 0)

    adopting = empty(root / "adopting")
    newsroom.write(adopting)
    yield scene(program, "ids are adopted", adopting, ["adopt", "old.xml"], 0)

    second = published(program, root / "second")
    newsroom.age(second)
    newsroom.change(second)
    changes = scene(program, "everything changes", second, BUILD, 1)
    yield changes

    # what a killed run left: half of its files in place, the others beside theirs
    healing = empty(root / "healing")
    newsroom.copy(second, healing)
    renames = [call for call in changes.calls if call.name.startswith("rename")]
    faults.with_fault(program, healing, BUILD, renames[len(renames) // 2], faults.KILL)
    yield changes._replace(name="a killed run is made good", base=healing, calls=recorded(program, healing, BUILD))

    variants = published(program, root / "variants", newsroom.COMPRESSED)
    newsroom.age(variants)
    newsroom.change(variants)
    (variants / newsroom.FEEDS / "feeds.opml.gz").unlink()
    yield scene(program, "files and their variants change", variants, BUILD, 1)


def published(program, parent, settings=newsroom.SETTINGS):
    """A newsroom in which nothing has happened since its first run."""
    directory = empty(parent)
    newsroom.write(directory, settings)
    must(program, directory, ["adopt", "old.xml"])
    must(program, directory, BUILD)
    return directory


def scene(program, name, base, arguments, status):
    undisturbed = empty(base.parent / "undisturbed")
    newsroom.copy(base, undisturbed)
    must(program, undisturbed, arguments, status)
    calls = recorded(program, base, arguments)
    return Scene(name, base, arguments, newsroom.published(base), newsroom.published(undisturbed), status, calls)


def recorded(program, base, arguments):
    rehearsal = empty(base.parent / "rehearsal")
    newsroom.copy(base, rehearsal)
    return faults.record(program, rehearsal, arguments)


def must(program, directory, arguments, status=0):
    run = faults.undisturbed(program, directory, arguments)
    if run.status != status:
        raise RuntimeError(f"{arguments} ended with {run.status}: {run.said}")


def empty(parent):
    directory = parent / "newsroom"
    directory.mkdir(parents=True)
    return directory
