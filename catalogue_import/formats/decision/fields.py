"""Fields of a record that several columns or the sections above a row say together."""

from catalogue_import.decision_file import DecisionRecord, Status
from catalogue_import.formats.decision.columns import holds_channels
from catalogue_import.formats.decision.content import ContentDraft, Part
from catalogue_import.formats.decision.meanings import Meaning
from catalogue_import.formats.decision.rows import Draft
from catalogue_import.formats.decision.text import letters
from catalogue_import.formats.decision.values import (
    channels_in,
    fee_text,
    in_order,
    is_marked,
    levels_in,
    split_times,
    time_shortened,
    time_statutory,
)
from knowledge.procedure import Channel, Level

LEVEL_COLUMNS = {
    Meaning.LEVEL_MINISTRY: Level.MINISTRY,
    Meaning.LEVEL_PROVINCE: Level.PROVINCE,
    Meaning.LEVEL_COMMUNE: Level.COMMUNE,
}


def times(draft: Draft) -> tuple[str | None, str | None]:
    statutory, shortened = draft.text(Meaning.TIME), draft.text(Meaning.TIME_SHORTENED)
    if not draft.header.has(Meaning.TIME_SHORTENED):
        statutory, shortened = split_times(statutory)
    unit = draft.unit(Meaning.TIME) or draft.unit(Meaning.TIME_SHORTENED)
    return time_statutory(statutory, unit), time_shortened(shortened, draft.unit(Meaning.TIME_SHORTENED) or unit)


def levels(draft: Draft) -> tuple[Level, ...] | None:
    marked = [level for meaning, level in LEVEL_COLUMNS.items() if is_marked(draft.text(meaning))]
    stated = levels_in(draft.text(Meaning.LEVEL)) or _short_levels(draft.text(Meaning.LEVEL))
    above = next((part.levels for part in reversed(draft.sections) if part.levels), ())
    return in_order(marked) or stated or above or None


def _short_levels(text: str) -> tuple[Level, ...]:
    """Of a column "Cấp": "Tỉnh, Xã"."""
    words = {"bo": Level.MINISTRY, "trunguong": Level.MINISTRY, "tinh": Level.PROVINCE, "thanhpho": Level.PROVINCE}
    words |= {"xa": Level.COMMUNE, "phuong": Level.COMMUNE}
    parts = [letters(part) for part in text.replace("/", ",").replace(";", ",").replace("\n", ",").split(",")]
    return in_order(words[part] for part in parts if part in words)


def online_words(draft: Draft) -> str:
    text = draft.text(Meaning.CHANNELS)
    return text if Channel.ONLINE in channels_in(text) else ""


def channels(draft: Draft) -> tuple[Channel, ...] | None:
    columns = {Meaning.DIRECT: Channel.DIRECT, Meaning.ONLINE_CHANNEL: Channel.ONLINE, Meaning.POSTAL: Channel.POSTAL}
    if not draft.header.has(Meaning.DIRECT, Meaning.POSTAL, Meaning.CHANNELS) and not _beside_place(draft):
        return None
    marked = {channel for meaning, channel in columns.items() if is_marked(draft.text(meaning))}
    if any(is_marked(draft.text(meaning)) for meaning in (Meaning.ONLINE, Meaning.ONLINE_FULL, Meaning.ONLINE_PARTIAL)):
        marked.add(Channel.ONLINE)
    marked.update(channels_in(draft.text(Meaning.CHANNELS) or _beside_place(draft)))
    return tuple(channel for channel in Channel if channel in marked) or None


def _beside_place(draft: Draft) -> str:
    """Of a column for place and channels together."""
    places = draft.header.places(Meaning.PLACE)
    is_both = any(holds_channels(draft.header.columns[at].heading) for at in places)
    text = draft.text(Meaning.PLACE) if is_both else ""
    return text if channels_in(text) else ""


def content_record(draft: ContentDraft, status: Status) -> DecisionRecord:
    """Of layout (e), where papers and steps stand beside what a list would say."""
    statutory, shortened = split_times(draft.text(Part.TIME).strip(" ."))
    channels = channels_in(draft.text(Part.CHANNELS))
    return DecisionRecord(
        status=status,
        code=draft.code,
        name=draft.name,
        where=draft.where,
        field=next((part.field for part in reversed(draft.sections) if part.field), None),
        levels=next((part.levels for part in reversed(draft.sections) if part.levels), None),
        time_statutory=time_statutory(statutory, ""),
        time_shortened=time_shortened(shortened, ""),
        place=draft.place(),
        fee_text=fee_text(draft.text(Part.FEES).rstrip(" .")),
        channels=channels or None,
        legal_basis=draft.lines(Part.LEGAL),
        content=draft.content(),
    )
