"""What the words about a procedure are made of, before a template lays them out."""

from enum import StrEnum

import msgspec


class Look(StrEnum):
    LISTED = "listed"  # bullets
    NUMBERED = "numbered"
    PLAIN = "plain"  # paragraphs


class Section(msgspec.Struct, frozen=True):
    """Some lines under a label ("" for none). No line is ever cut."""

    lines: tuple[str, ...]
    label: str = ""
    look: Look = Look.LISTED


def letters(section: Section) -> int:
    """The room a section takes up, with its bullets and line breaks."""
    label = len(section.label) + 2 if section.label else 0
    return label + sum(len(line) + 3 for line in section.lines) + 1


def within(sections: tuple[Section, ...], room: int) -> tuple[tuple[Section, ...], int]:
    """The first sections that fit into a room of letters, the last perhaps with its first lines only; and how many
    lines were left out."""
    kept: list[Section] = []
    for section in sections:
        lines = section.lines
        while lines and letters(Section(lines, section.label)) > room:
            lines = lines[:-1]
        room -= letters(Section(lines, section.label))
        if lines or not section.lines:
            kept.append(Section(lines, section.label, section.look))
        if len(lines) < len(section.lines):
            break
    every = sum(len(section.lines) for section in sections)
    return tuple(kept), every - sum(len(section.lines) for section in kept)
