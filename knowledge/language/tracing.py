"""Which steps of the normalisation did something to a message, for explaining an answer."""

from collections.abc import Iterator

import msgspec

from knowledge.language.normalise import LONGEST, STEPS, TOKEN_STEPS, split


class Fired(msgspec.Struct, frozen=True):
    """A step that changed the message; `before` and `after` are its words."""

    step: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def fired_steps(text: str) -> Iterator[Fired]:
    """In the order in which `normalise` takes them."""
    for step in STEPS:
        clean = step(text[:LONGEST])
        if clean != text[:LONGEST]:
            yield Fired(step.__name__, tuple(text[:LONGEST].split()), tuple(clean.split()))
        text = clean
    tokens = split(text)
    for token_step in TOKEN_STEPS:
        after = token_step(tokens)
        if after != tokens:
            yield Fired(token_step.__name__, tuple(tokens), tuple(after))
        tokens = after
