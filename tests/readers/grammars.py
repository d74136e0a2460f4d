"""Holds every XML and OPML file of the given trees against its RELAX NG grammar, with jing.

usage: grammars.py TREE...
"""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path

from tally import Tally

GRAMMARS = Path(__file__).parent.parent / "grammars"
GRAMMAR_OF_ROOT = {
    "rss": "rss-2.0-strict.rnc",
    "{http://www.w3.org/2005/Atom}feed": "atom-strict.rnc",
    "opml": "opml-2.0.rnc",
}
# jing starts a Java machine for each call, so it is given many files at once
FILES_PER_CALL = 200


def faults_by_file(grammar, paths):
    """What jing says, under the path that each of its lines begins with."""
    faults = defaultdict(list)
    for start in range(0, len(paths), FILES_PER_CALL):
        batch = paths[start : start + FILES_PER_CALL]
        command = ["jing", "-c", str(GRAMMARS / grammar), *map(str, batch)]
        result = subprocess.run(command, capture_output=True, text=True, timeout=120)
        lines = (result.stdout + result.stderr).splitlines()
        blamed = 0
        for line in lines:
            for path in batch:
                if line.startswith(f"{path}:"):
                    faults[path].append(line)
                    blamed += 1
                    break
        if result.returncode != 0 and not blamed:
            sys.exit(f"jing failed on {grammar}: {' '.join(lines)}")
    return faults


def main(trees):
    tally = Tally()
    paths_of_grammar = defaultdict(list)
    for tree in trees:
        for path in sorted(Path(tree).resolve().rglob("*")):
            if path.suffix not in (".xml", ".opml"):
                continue
            try:
                root = ElementTree.parse(path).getroot().tag
            except ElementTree.ParseError as fault:
                tally.holds(f"{path} is well-formed", False, str(fault))
                continue
            if root in GRAMMAR_OF_ROOT:
                paths_of_grammar[GRAMMAR_OF_ROOT[root]].append(path)
            else:
                tally.holds(f"{path} has a grammar", False, f"no grammar for <{root}>")
    for grammar, paths in paths_of_grammar.items():
        faults = faults_by_file(grammar, paths)
        for path in paths:
            tally.holds(f"{path} follows {grammar}", not faults[path], "\n  ".join(faults[path]))
    tally.close()


main(sys.argv[1:])
