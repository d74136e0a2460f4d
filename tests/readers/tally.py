"""Counts checks, shows those that fail, and closes with the line that tests/run adds up."""

import sys


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def holds(self, what, truth, detail=""):
        if truth:
            self.passed += 1
            return
        self.failed += 1
        print(f"FAILED: {what}")
        if detail:
            print(f"  {detail}")

    def same(self, what, found, expected):
        self.holds(what, found == expected, difference(found, expected))

    def close(self):
        if self.passed + self.failed == 0:
            self.holds("there is something to check", False)
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


def difference(found, expected):
    """Both values from just before the place where they part: bodies run to many thousand characters."""
    found, expected = repr(found), repr(expected)
    parting = 0
    while parting < min(len(found), len(expected)) and found[parting] == expected[parting]:
        parting += 1
    start = max(0, parting - 40)
    return f"found    …{found[start:start + 200]}\n  expected …{expected[start:start + 200]}"
