"""nginx, Caddy and Apache with the configuration that `feedmill kit` prints, asked over loopback.

usage: servers.py PROGRAM [SERVER...]
"""

import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "readers"))

import questions
import started
from newsroom import ALIASES, Newsroom
from tally import Tally

# What each can hand out without modules of others.
CODINGS = {"nginx": ["gzip"], "caddy": ["gzip", "br", "zstd"], "apache": ["gzip", "br", "zstd"]}
# The path of the feeds and the output directory, with whatever the server can write down, but takes for something else where it
# is not quoted.
PLACES = {
    "nginx": ('/ленты (1) "x" $y/{z};/', 'ленты и "слова" {o};'),
    "caddy": ('/ленты (1) "x" $y/', 'ленты и "слова"'),
    "apache": ('/ленты (1) "x" $y/{z}/', 'ленты и "слова" {o} %s $x'),
}
SKIPPED = 77


def ask_all(tally, server, program, directory):
    newsroom = Newsroom(program, directory, *PLACES[server])
    newsroom.move()
    arguments = server, directory, newsroom.kit(server), newsroom.kit(server, "--aliases")
    with started.started(*arguments) as port:
        client = questions.Client(port)
        questions.every_file(tally, client, newsroom)
        questions.variants(tally, client, newsroom, CODINGS[server])
        questions.moved(tally, client, newsroom)
        questions.ended(tally, client, newsroom)
        questions.pages(tally, client, [alias for alias in ALIASES if server != "caddy" or "{" not in alias])
        questions.strangers(tally, client, newsroom)
        questions.change(tally, client, newsroom)
    newsroom.simplify()
    arguments = server, directory, newsroom.kit(server), newsroom.kit(server, "--aliases")
    with started.started(*arguments) as port:
        client = questions.Client(port)
        questions.every_file(tally, client, newsroom, questions.FEEDS_ALONE)
        questions.compressed_on_the_way(tally, client, newsroom)


def main(program, servers):
    missing = [server for server in servers if not started.is_there(server)]
    if missing:
        print(f"SKIPPED: {', '.join(missing)} cannot be found")
        sys.exit(SKIPPED)
    tally = Tally()
    for server in servers:
        before = tally.passed + tally.failed
        with tempfile.TemporaryDirectory(prefix="feedmill-servers-") as directory:
            directory = Path(directory).resolve()
            # Apache works as somebody else
            directory.chmod(0o755)
            try:
                ask_all(tally, server, program, directory)
            except RuntimeError as error:
                tally.holds(server, False, str(error))
        print(f"{server}: {tally.passed + tally.failed - before} questions")
    tally.close()


main(Path(sys.argv[1]).resolve(), sys.argv[2:] or list(CODINGS))
