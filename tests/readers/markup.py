"""HTML as a list of what it says: two spellings of the same markup give the same list."""

from html.parser import HTMLParser

# white space between these has no effect on the page
BLOCKS = set(
    "article aside blockquote br dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre"
    " section summary table tbody td tfoot th thead tr ul".split()
)


class Reading(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces = []

    def handle_starttag(self, tag, attributes):
        self.pieces.append(("start", tag, tuple(sorted((name, value or "") for name, value in attributes))))

    def handle_startendtag(self, tag, attributes):
        # `<br/>` and `<br>` are one thing in HTML
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        self.pieces.append(("end", tag))

    def handle_data(self, text):
        if self.pieces and self.pieces[-1][0] == "text":
            text = self.pieces.pop()[1] + text
        self.pieces.append(("text", text))


def read(html):
    reading = Reading()
    reading.feed(html)
    reading.close()
    return reading.pieces


def normalised(html):
    """The pieces of `html`: attributes in order, references resolved, white space as a browser shows it."""
    pieces = read(html)
    result = []
    for number, piece in enumerate(pieces):
        if piece[0] != "text":
            result.append(piece)
            continue
        text = f"x{piece[1]}x".split()
        text = " ".join(text)[1:-1]
        before = pieces[number - 1] if number else None
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        if before is None or before[1] in BLOCKS:
            text = text.lstrip()
        if after is None or after[1] in BLOCKS:
            text = text.rstrip()
        if text:
            result.append(("text", text))
    return result


def plain(html):
    """The words of `html`, without markup."""
    words = []
    for piece in read(html):
        if piece[0] == "text":
            words.append(piece[1])
        elif piece[1] in BLOCKS:
            words.append(" ")
    return " ".join("".join(words).split())


def starts(html):
    """Every opening tag with its attributes as a dictionary, in order."""
    return [(piece[1], dict(piece[2])) for piece in read(html) if piece[0] == "start"]
