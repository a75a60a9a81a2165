"""The terminal: an answer as plain or coloured text, and a conversation with numbered choices."""

import re
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.text import Text

from bot.app import App
from bot.conversation.messages import Answer, Block, BlockKind, Chat, Choice, Ending, Question, Span
from bot.conversation.reply import reply_to
from knowledge.communes import Commune, find_communes

STYLES = {BlockKind.HEADING: "bold", BlockKind.SOURCE: "dim"}
NUMBERED_IN_THE_TEXT = {Ending.CHOICE, Ending.UNSURE}
FAREWELLS = {"thoát", "thoat", "exit", "quit", "q"}
HERE = "here"  # the one chat of a terminal
WIDTH = 100  # a longer line is hard to find the next one of

GOODBYE = "Tạm biệt bạn."
OPENING = (
    "Đây là trợ lý tự động về thủ tục hành chính ở Hải Phòng, không phải cán bộ. "
    "Câu hỏi được lưu sau khi che tên và số giấy tờ; gõ /xoa để xóa.\n"
    "Viết câu hỏi rồi Enter; chọn bằng số; “thoát” để dừng."
)
ASK_COMMUNE = "Bạn ở xã, phường nào? (Enter để bỏ qua, hoặc viết luôn câu hỏi) "
NO_COMMUNE = "Chưa thấy xã, phường này; bạn hỏi trước, chọn sau cũng được."
WHICH_COMMUNE = "Có mấy nơi cùng tên, bạn chọn số: "

_NAMES_A_PLACE = re.compile(
    r"(?:xã|xa|phường|phuong|đặc khu|dac khu|thị trấn|thi tran)\s\S+(?:\s\S+){0,3}", re.IGNORECASE
)

Read = Callable[[str], str]  # asks with a prompt; raises EOFError at the end of input


class Terminal:
    name = "terminal"

    def messages(self, answer: Answer) -> tuple[str, ...]:
        text = "\n\n".join(part.plain for part in _parts(answer))
        return (text,) if text else ()


TERMINAL = Terminal()


def show(answer: Answer, console: Console) -> None:
    """Print an answer; without a terminal or colour the console leaves only the text."""
    for part in _parts(answer):
        console.print(part, soft_wrap=not console.is_terminal)
        console.print()


def _parts(answer: Answer) -> Iterator[Text]:
    yield from map(_block, answer.blocks)
    numbered = [
        f"[{number}] {choice.label}{f': {choice.url}' if choice.url else ''}"
        for number, choice in enumerate(answer.choices, start=1)
        if answer.ending not in NUMBERED_IN_THE_TEXT or not choice.action.startswith("pick:")
    ]
    if numbered:
        yield Text("\n".join(numbered), style="cyan")


def _block(block: Block) -> Text:
    mark = "• " if block.kind is BlockKind.BULLETS else ""
    lines = [Text.assemble(mark, *map(_span, line)) for line in block.lines]
    text = Text("\n").join(lines)
    text.stylize(STYLES.get(block.kind, ""))
    return text


def _span(span: Span) -> Text:
    said = (
        f"{span.text} ({span.url})" if span.url and span.url not in {span.text, f"https://{span.text}"} else span.text
    )
    return Text(said, style="bold" if span.bold else "")


def converse(
    app: App, console: Console, read: Read = input, commune: str = "", news: Callable[[], object] = lambda: None
) -> None:
    """Talk until the input ends or a farewell is typed. The commune is asked once, if nobody said it; `news` shows
    what is to be told besides, before each line."""
    console.print(OPENING, "\n", style="dim")
    choices: tuple[Choice, ...] = ()
    commune, typed = commune or app.settings.commune, ""
    try:
        if not commune:
            commune, typed = _asked_commune(console, read)
        news()
        while (typed := typed or read("> ").strip()).lower() not in FAREWELLS:
            choices = _turn(typed, choices, commune, app, console)
            news()
            typed = ""
    except (EOFError, KeyboardInterrupt):
        console.print()
    console.print(GOODBYE)


def _turn(typed: str, choices: tuple[Choice, ...], commune: str, app: App, console: Console) -> tuple[Choice, ...]:
    """Answer one line; the choices that a number then takes."""
    choice = _chosen(typed, choices)
    if choice is not None and choice.url:
        console.print(choice.url, "\n", soft_wrap=True)
        return choices
    answer = reply_to(_question(typed, choice, Chat(TERMINAL.name, HERE), commune, app), app)
    show(answer, console)
    return answer.choices


def _question(typed: str, choice: Choice | None, chat: Chat, commune: str, app: App) -> Question:
    if choice is not None:
        return Question(text=choice.label, chat=chat, asked_at=app.clock(), commune=commune, action=choice.action)
    return Question(text=typed, chat=chat, asked_at=app.clock(), commune=commune)


def _chosen(typed: str, choices: tuple[Choice, ...]) -> Choice | None:
    """The choice of a number; any other text is a question."""
    if not (typed.isascii() and typed.isdigit()):
        return None
    return choices[int(typed) - 1] if 1 <= int(typed) <= len(choices) else None


def _asked_commune(console: Console, read: Read) -> tuple[str, str]:
    """The code of the citizen's commune, "" if none is known, and what was typed in its place: a first question."""
    named = read(ASK_COMMUNE).strip()
    found = find_communes(named) if named else ()
    if named and not found and not _NAMES_A_PLACE.fullmatch(named):
        return "", named
    if len(found) > 1:
        found = _picked(found, console, read)
    if named:
        console.print(found[0].full_name if found else NO_COMMUNE, "\n")
    return found[0].code if found else "", ""


def _picked(found: tuple[Commune, ...], console: Console, read: Read) -> tuple[Commune, ...]:
    for number, commune in enumerate(found, start=1):
        console.print(f"[{number}] {commune.full_name}", markup=False)
    typed = read(WHICH_COMMUNE).strip()
    return (found[int(typed) - 1],) if typed.isdecimal() and 1 <= int(typed) <= len(found) else ()
