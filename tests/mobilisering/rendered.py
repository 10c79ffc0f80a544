"""The running words of a page as it was rendered: what stands in its main part, a line for each block."""

from html.parser import HTMLParser

LEFT_OUT = {"nav", "footer", "form", "script", "style", "button", "svg", "datalist", "select", "textarea"}
WORDS_OF_FORMS = LEFT_OUT - {"form"}
BLOCKS = {
    "p",
    "li",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "div",
    "td",
    "th",
    "label",
    "legend",
    "br",
    "summary",
    "section",
}
LABELS = {"meta", "tags"}
WITHOUT_END = {"br", "hr", "img", "input", "link", "meta", "wbr"}


class _Main(HTMLParser):
    def __init__(self, left_out: set[str]) -> None:
        super().__init__()
        self.left_out = left_out
        self.is_main = False
        self.outside = 0
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_main |= tag == "main"
        if self.outside or self._is_left_out(tag, dict(attrs)):
            self.outside += tag not in WITHOUT_END
        elif tag in BLOCKS:
            self.words.append("\n")

    def _is_left_out(self, tag: str, attrs: dict[str, str | None]) -> bool:
        """Labels are no sentences. An explained word is part of one; its explanation is listed last on the page."""
        names = set((attrs.get("class") or "").split())
        return "popover" in attrs or bool(names & LABELS) or (tag in self.left_out and "term" not in names)

    def handle_endtag(self, tag: str) -> None:
        self.is_main &= tag != "main"
        if self.outside:
            self.outside -= 1
        elif tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if self.is_main and not self.outside:
            self.words.append(" ".join(data.split("\n")))


def main_text(html: str, *, of_form: bool = False) -> str:
    """Without menus, and without forms unless it is a form that is read."""
    reader = _Main(WORDS_OF_FORMS if of_form else LEFT_OUT)
    reader.feed(html)
    lines = (" ".join(line.split()) for line in "".join(reader.words).splitlines())
    return "\n".join(line for line in lines if line)
