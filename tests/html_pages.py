"""Reading pages in tests: a small tree with the CSS selectors that the tests need, from the standard library."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from httpx import Response

VOID = frozenset("area base br col embed hr img input link meta source track wbr path".split())
INLINE = frozenset("a b span strong".split())
_SIMPLE = re.compile(r"(?P<tag>[\w-]+)?(?P<rest>(?:[.#][\w-]+|\[[^\]]+\])*)")
_PART = re.compile(r"\.(?P<cls>[\w-]+)|#(?P<id>[\w-]+)|\[(?P<name>[\w-]+)(?:=['\"]?(?P<value>[^'\"\]]*)['\"]?)?\]")


@dataclass(eq=False)
class Element:
    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)
    parent: "Element | None" = None

    @property
    def text(self) -> str:
        """All its text, white space as a reader sees it."""
        return " ".join("".join(self._strings()).split())

    def _strings(self) -> Iterator[str]:
        edge = "" if self.tag in INLINE else " "
        yield edge
        for child in self.children:
            yield from [child] if isinstance(child, str) else child._strings()
        yield edge

    def walk(self) -> Iterator["Element"]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def all(self, selector: str) -> list["Element"]:
        parts = selector.split()
        return [element for element in self.walk() if element._is(parts)]

    def one(self, selector: str) -> "Element":
        found = self.all(selector)
        assert found, f"no {selector} on the page"
        return found[0]

    def _is(self, parts: list[str]) -> bool:
        if not self._matches(parts[-1]):
            return False
        above, wanted = self.parent, parts[:-1]
        while wanted and above is not None:
            if above._matches(wanted[-1]):
                wanted = wanted[:-1]
            above = above.parent
        return not wanted

    def _matches(self, simple: str) -> bool:
        found = _SIMPLE.fullmatch(simple)
        assert found, f"selector {simple!r} is not understood"
        return (not found["tag"] or found["tag"] == self.tag) and all(
            self._has(part) for part in _PART.finditer(found["rest"])
        )

    def _has(self, part: re.Match[str]) -> bool:
        if part["cls"]:
            return part["cls"] in self.attributes.get("class", "").split()
        if part["id"]:
            return self.attributes.get("id") == part["id"]
        return part["name"] in self.attributes and part["value"] in {None, self.attributes[part["name"]]}


class Page(Element):
    status: int = 200


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Page()
        self._open: Element = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, parent=self._open)
        self._open.children.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.children.append(Element(tag, {name: value or "" for name, value in attrs}, parent=self._open))

    def handle_endtag(self, tag: str) -> None:
        assert tag in VOID or tag == self._open.tag, f"</{tag}> closes <{self._open.tag}>"
        if tag not in VOID and self._open.parent is not None:
            self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.children.append(data)


def page_of(response: Response) -> Page:
    """The page of a response; tags that do not close in order fail the test."""
    page = parse(response.text)
    page.status = response.status_code
    return page


def parse(html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    assert reader._open is reader.root, f"<{reader._open.tag}> is never closed"
    return reader.root
