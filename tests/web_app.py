"""A running product for tests of the web: the starter catalogue, a procedure with everything in it, a clock."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app import App, build_app
from bot.settings import Settings
from knowledge.catalogue import publish
from knowledge.changeset import ChangeSet
from knowledge.database import open_database, sqlite_url
from knowledge.fee_rules import FeeRule
from knowledge.procedure import (
    Channel,
    Checklist,
    Fee,
    FeeKind,
    FilingChannel,
    LegalBasis,
    Level,
    Paper,
    PaperGroup,
    PaperUse,
    PlainPaper,
    Procedure,
    Step,
    TimeLimit,
    Unit,
)
from knowledge.starter import publish_starter
from sample_procedures import CATALOGUE, make_procedure, new

BIRTH = "1.001193"  # khai sinh: of the starter catalogue
RICH = "9.000001"  # everything a record and a plain layer can hold
BARE = "9.000002"  # as published, without a plain layer, and saying little
FORMALITY_ID = "019bad30-cd83-76ea-9f9a-000000000001"


class MovingClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def make_app(folder: Path, clock: MovingClock) -> App:
    """An app over its own database; its limits are wide, tests that want narrow ones replace its settings."""
    settings = Settings(
        data_dir=folder,
        database_url="",
        secret="for tests only",
        rate_per_minute=100_000,
        commune="",
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "motcua.sqlite3").write_bytes(_published_at(clock()))
    return build_app(settings, clock)


@cache
def _published_at(now: datetime) -> bytes:
    """The file of the database, made once in a process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "motcua.sqlite3"
        database = open_database(sqlite_url(path))
        with database.session() as session:
            publish_starter(session, now)
            publish(session, new(RICH_PROCEDURE, BARE_PROCEDURE), CATALOGUE, now=now)
        with database.session() as session:
            publish(session, ChangeSet(checklists=(RICH_CHECKLIST,), fee_rules=FEE_RULES), CATALOGUE, now=now)
        database.close()
        return path.read_bytes()


RICH_PROCEDURE: Procedure = make_procedure(
    RICH,
    formality_id=FORMALITY_ID,
    name="Cấp giấy phép nuôi <rồng> & phượng tại nhà",
    field="Nuôi rồng",
    levels=(Level.COMMUNE, Level.PROVINCE),
    subjects=("Công dân Việt Nam",),
    executing=("Ủy ban nhân dân cấp xã",),
    competent=("Chủ tịch UBND cấp xã",),
    channels=(
        FilingChannel(
            channel=Channel.DIRECT,
            time_limit=TimeLimit(amount=3.5, unit=Unit.WORKING_DAY),
            fees=(Fee(kind=FeeKind.SERVICE_FEE, amount=120_000, note="mỗi con"),),
        ),
        FilingChannel(
            channel=Channel.ONLINE,
            time_limit=TimeLimit(unit=Unit.OTHER),
            fees=(Fee(amount=0, note="theo quy định của HĐND cấp tỉnh"),),
        ),
        FilingChannel(channel=Channel.POSTAL, time_limit=TimeLimit(amount=5, unit=Unit.DAY)),
    ),
    paper_groups=(
        PaperGroup(
            heading="* Giấy tờ phải nộp:",
            use=PaperUse.SUBMIT,
            papers=(
                Paper(name="- Đơn xin nuôi rồng;", originals=1, component="KQ1", forms=("don-nuoi-rong.docx",)),
                Paper(name="Ảnh của rồng", copies=2, component="KQ2"),
                Paper(name="Lưu ý: rồng con không phải nộp ảnh.", component="KQ3"),
            ),
        ),
    ),
    steps=(Step(text="Bước 1: Nộp đơn tại xã.\nBước 2: Nhận giấy phép."),),
    conditions="Nhà có sân rộng.",
    results=("Giấy phép nuôi rồng",),
    legal_bases=(LegalBasis(number="01/2026/NĐ-CP", name="Nghị định về rồng"),),
    is_non_territorial=True,
)

BARE_PROCEDURE: Procedure = make_procedure(
    BARE,
    name="Đăng ký thả diều đêm",
    field="Nuôi rồng",
    levels=(Level.PROVINCE,),
    decision=None,
    channels=(),
    paper_groups=(
        PaperGroup(heading="Trường hợp diều có đèn:", papers=(Paper(name="Sơ đồ đèn", copies=1, component="KQ4"),)),
    ),
    steps=(),
)

FEE_RULES = (
    FeeRule(
        key="online",
        channels=(Channel.ONLINE,),
        amount=0,
        ground="Nghị quyết 23/2026/NQ-HĐND",
        valid_from=date(2026, 8, 8),
        codes=(RICH,),
    ),
    FeeRule(
        key="old",
        channels=(Channel.DIRECT,),
        amount=5_000,
        ground="Nghị quyết cũ",
        valid_to=date(2026, 1, 1),
        codes=(RICH,),
    ),
)

RICH_CHECKLIST = Checklist(
    code=RICH,
    name="Xin phép nuôi rồng",
    papers=(
        PlainPaper(name="Đơn xin nuôi rồng", originals=1, components=("KQ1",)),
        PlainPaper(name="Ảnh rồng", copies=2, when="rồng đã lớn", instead="tranh vẽ rồng", components=("KQ2",)),
        PlainPaper(name="Giấy tờ về nơi cư trú", use=PaperUse.LOOKED_UP),
        PlainPaper(name="Căn cước", use=PaperUse.SHOW, originals=1),
    ),
    fee=("Nộp trực tiếp: 120.000 đồng mỗi con.",),
    time="3,5 ngày làm việc.",
    place="Trung tâm Phục vụ hành chính công xã, phường, đặc khu.",
    steps=("Nộp đơn và ảnh.", "Nhận giấy phép."),
    conditions=("Nhà có sân rộng.",),
    result="Giấy phép",
    not_needed="Không cần xác nhận của hàng xóm.",
)
