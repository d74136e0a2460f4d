"""Holds every JSON Feed of the given trees against both JSON schemas, formats included.

usage: schemas.py TREE...
"""

import json
import sys
from pathlib import Path

import jsonschema

from tally import Tally

GRAMMARS = Path(__file__).parent.parent / "grammars"
SCHEMAS = ("jsonfeed-1.1.schema.json", "jsonfeed-publisher.schema.json")


def validator(schema_name):
    schema = json.loads((GRAMMARS / schema_name).read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def refuse_to_run_without_formats():
    """jsonschema leaves out, without a word, the formats whose packages are missing."""
    for format_name, wrong in (("uri", "no uri"), ("date-time", "2026-02-30T00:00:00Z")):
        if jsonschema.Draft7Validator.FORMAT_CHECKER.conforms(wrong, format_name):
            sys.exit(f"the format `{format_name}` is not checked: install tests/requirements.txt")


def main(trees):
    refuse_to_run_without_formats()
    tally = Tally()
    validators = {name: validator(name) for name in SCHEMAS}
    for tree in trees:
        for path in sorted(Path(tree).rglob("*.json")):
            try:
                feed = json.loads(path.read_bytes())
            except ValueError as fault:
                tally.holds(f"{path} is JSON", False, str(fault))
                continue
            for name, schema in validators.items():
                faults = [f"{fault.json_path}: {fault.message[:200]}" for fault in schema.iter_errors(feed)]
                tally.holds(f"{path} follows {name}", not faults, "\n  ".join(faults))
    tally.close()


main(sys.argv[1:])
