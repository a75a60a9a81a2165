"""How a person files and pays, as far as the message itself says so: nothing about a person is guessed."""

from collections.abc import Sequence

import msgspec

from knowledge.procedure import Channel

CHANNELS: dict[Channel, tuple[str, ...]] = {
    Channel.ONLINE: (
        "truc tuyen",
        "online",
        "onl",
        "tren mang",
        "qua mang",
        "nop mang",
        "vneid",
        "dich vu cong",
        "tren dien thoai",
    ),
    Channel.DIRECT: ("truc tiep", "tai quay", "ra xa", "ra phuong", "len xa", "len phuong", "den xa", "den phuong"),
    Channel.POSTAL: ("buu dien", "buu chinh"),
}
# The words of the council's rules, and how people say that they are such a person.
PAYERS: dict[str, tuple[str, ...]] = {
    "trẻ em": ("tre em",),
    "hộ nghèo": ("ho ngheo", "nha ngheo", "so ho ngheo"),
    "người cao tuổi": ("nguoi cao tuoi", "cao tuoi", "nguoi gia"),
    "người khuyết tật": ("khuyet tat", "tan tat"),
    "người có công": ("nguoi co cong", "co cong", "thuong binh", "liet si", "benh binh"),
    "người dân tộc thiểu số ở xã đặc biệt khó khăn": ("dan toc thieu so", "dan toc it nguoi"),
    "tổ chức": ("cong ty", "doanh nghiep", "to chuc", "co quan"),
    "cá nhân": ("ca nhan", "ho gia dinh"),
}


class Filing(msgspec.Struct, frozen=True):
    """What was said of the channel and of who pays; None and nobody where nothing was."""

    channel: Channel | None = None
    payers: tuple[str, ...] = ()


UNSAID = Filing()


def filing_in(folded: Sequence[str]) -> Filing:
    """Two channels in one message ask for both: then none is the one."""
    line = f" {' '.join(folded)} "
    channels = [channel for channel, phrases in CHANNELS.items() if _has(line, phrases)]
    payers = tuple(payer for payer, phrases in PAYERS.items() if _has(line, phrases))
    return Filing(channels[0] if len(channels) == 1 else None, payers)


def _has(line: str, phrases: Sequence[str]) -> bool:
    return any(f" {phrase} " in line for phrase in phrases)
