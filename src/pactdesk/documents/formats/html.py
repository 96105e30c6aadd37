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


def html_text(document: str) -> str:
    """What a browser would show, without its layout.

    >>> html_text("<p>第一条</p><script>x</script><td>甲方</td><td>乙方</td>")
    '第一条\\n甲方\\t乙方\\t'
    """
    parser = _Text()
    parser.feed(document)
    parser.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(parser.parts)).lstrip("\n")


def declared_charset(content: bytes) -> str | None:
    """The encoding that the page itself names."""
    found = _CHARSET.search(content[:4096])
    return found[1].decode("ascii", "ignore") if found else None


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

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
        elif tag in _BLOCKS:
            self._line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in ("td", "th"):
            self.parts.append("\t")
        elif tag in _BLOCKS:
            self._line()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            words = re.sub(r"\s+", " ", data)
            self.parts.append(words if words != " " else "")

    def _line(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")
