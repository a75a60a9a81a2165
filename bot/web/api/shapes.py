"""What the interface takes and gives, as its OpenAPI description shows it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.conversation.messages import Answer, BlockKind, Ending, Family, family_of
from bot.web.listing import Found
from knowledge.procedure import Aspect, Level

CHAT = r"^[A-Za-z0-9_-]{8,64}$"
COMMUNE = r"^[0-9]{5}$"
TEXT_CHARACTERS = 5_000  # below the body limit even as JSON escapes; the assistant refuses far less, politely


class AskIn(BaseModel):
    """A question, or a tap on an offered choice (`action`); give `chat` back to keep the subject."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=TEXT_CHARACTERS, examples=["lam giay khai sinh cho con can giay to gi"])]
    chat: Annotated[str | None, Field(pattern=CHAT, description="from an earlier answer, or your own secret name")] = (
        None
    )
    commune: Annotated[str | None, Field(pattern=COMMUNE, description="five digits, see /communes")] = None
    action: Annotated[
        str | None, Field(max_length=64, description='of a choice in an earlier answer; "wrong": that answer is')
    ] = None
    widget: Annotated[bool, Field(description="asked in the widget, which is counted by itself")] = False


class ForgetIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    chat: Annotated[str, Field(pattern=CHAT, description="from an earlier answer, or your own secret name")]


class SpanOut(BaseModel):
    text: str
    bold: bool
    url: str


class BlockOut(BaseModel):
    kind: BlockKind
    lines: list[list[SpanOut]]


class ChoiceOut(BaseModel):
    """Something to tap: send `action` back, or open `url`."""

    label: str
    action: str
    url: str


class AnswerOut(BaseModel):
    """`procedures` are the ranked candidates, best first, whatever the ending; `text` is all blocks as plain text."""

    chat: str
    ending: Ending
    family: Family
    text: str
    blocks: list[BlockOut]
    choices: list[ChoiceOut]
    procedures: list[str]
    faq: str | None
    aspect: Aspect
    confidence: Annotated[float, Field(ge=0, le=1)]
    edition: int


class FoundOut(BaseModel):
    code: str
    name: str
    plain_name: str
    field: str
    levels: list[Level]


class SearchOut(BaseModel):
    total: int
    page: int
    pages: int
    results: list[FoundOut]


class CommuneOut(BaseModel):
    code: str
    full_name: str
    old_units: list[str]


class CommunesOut(BaseModel):
    total: int
    results: list[CommuneOut]


class TroubleOut(BaseModel):
    """`message` is for people, in Vietnamese; `fields` names what was wrong with a request."""

    code: str
    message: str
    fields: list[str]


class ErrorOut(BaseModel):
    error: TroubleOut


def answer_out(answer: Answer, chat: str) -> AnswerOut:
    blocks = [
        BlockOut(
            kind=block.kind,
            lines=[[SpanOut(text=span.text, bold=span.bold, url=span.url) for span in line] for line in block.lines],
        )
        for block in answer.blocks
    ]
    return AnswerOut(
        chat=chat,
        ending=answer.ending,
        family=family_of(answer.ending),
        text=answer.plain,
        blocks=blocks,
        choices=[ChoiceOut(label=each.label, action=each.action, url=each.url) for each in answer.choices],
        procedures=list(answer.procedures),
        faq=answer.faq,
        aspect=answer.aspect,
        confidence=answer.confidence,
        edition=answer.edition,
    )


def found_out(found: Found) -> FoundOut:
    return FoundOut(
        code=found.code, name=found.name, plain_name=found.plain_name, field=found.field, levels=list(found.levels)
    )
