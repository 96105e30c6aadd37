"""HTML: the visible text, one line per block."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    {
        "p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol",
        "section", "article", "header", "footer", "title", "pre",
    }
)  # fmt: skip
_HIDDEN = frozenset({"script", "style", "head", "template", "noscript"})
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{1,40})", re.I)

_PICTURE = re.compile(r"data:[^\s\"'<>]{200,}")
_TAG = re.compile("<")
_LONGEST_TAG = 20_000
_SHORTEST_BLANK = 4


def html_text(document: str) -> str:
    """What a browser would show, without its layout.

    >>> html_text("<p>第一条</p><script>x</script><td>甲方</td><td>乙方</td>")
    '第一条\\n甲方\\t乙方\\t'
    """
    parser = _Text()
    parser.feed(_tamed(document))
    parser.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(parser.parts)).lstrip("\n")


def declared_charset(content: bytes) -> str | None:
    """The encoding that the page itself names."""
    found = _CHARSET.search(content[:4096])
    return found[1].decode("ascii", "ignore") if found else None


def _tamed(document: str) -> str:
    """Without pictures inside the page and without comments; what never closes is no tag.

    The library looks for the end of each tag through the whole rest of the page: a thousand that
    never end would take a thousand passes.
    """
    page = _without_comments(_PICTURE.sub("data:", document))
    parts: list[str] = []
    done, closes, never = 0, -1, len(page) + _LONGEST_TAG
    for tag in _TAG.finditer(page):
        start = tag.start()
        if closes < start:
            found = page.find(">", start)
            closes = found if found >= 0 else never
        if closes - start > _LONGEST_TAG:
            parts += [page[done:start], "&lt;"]
            done = start + 1
    return "".join([*parts, page[done:]])


def _without_comments(page: str) -> str:
    parts: list[str] = []
    done = 0
    while (start := page.find("<!--", done)) >= 0:
        end = page.find("-->", start + 4)
        if end < 0:
            return "".join([*parts, page[done:].replace("<!--", "")])
        parts.append(page[done:start])
        done = end + 3
    return "".join([*parts, page[done:]])


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = self.preformatted = 0
        self.underlined: int | None = None

    def parse_html_declaration(self, i: int) -> int:
        """A marked section (<![CDATA[, or what Word leaves) is a comment here, as in browsers;
        the library would stop at one that it does not know."""
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _HIDDEN:
            self.hidden += 1
        elif tag == "u":
            self.underlined = len(self.parts)
        elif tag in _BLOCKS:
            self._line()
            self.preformatted += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag == "u" and self.underlined is not None:
            self._line_to_write_on(self.underlined)
        elif tag in ("td", "th"):
            self.parts.append("\t")
        elif tag in _BLOCKS:
            self._line()
            self.preformatted = max(0, self.preformatted - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            # Spaces that do not break are written for their width: a place to fill in.
            words = data if self.preformatted else re.sub("[ \t\r\n\f]+", " ", data)
            self.parts.append(words if words != " " else "")

    def _line_to_write_on(self, start: int) -> None:
        """Underlined spaces are a blank."""
        inside = "".join(self.parts[start:])
        if inside and not inside.strip():
            self.parts[start:] = ["_" * max(len(inside), _SHORTEST_BLANK)]
        self.underlined = None

    def _line(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")
