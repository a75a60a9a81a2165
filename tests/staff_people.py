"""Members of staff for tests: two of the city, one of a commune."""

from datetime import datetime

from knowledge.database import Database
from knowledge.faq.desk import draft
from knowledge.faq.entry import FaqText
from knowledge.faq.publishing import approve
from knowledge.staff.accounts import Act, Role, Who

LAN = Who(login="lan", name="Lan", role=Role.OFFICER)
HOA = Who(login="hoa", name="Hoa", role=Role.APPROVER)
MINH = Who(login="minh", name="Minh", role=Role.ADMIN)
WARD, OTHER_WARD = "10507", "11824"
NGA = Who(login="nga", name="Nga", role=Role.APPROVER, commune=WARD)

PARKING = FaqText(
    wordings=("Trung tâm có chỗ gửi xe không", "gửi xe máy ở đâu khi đi làm giấy tờ"),
    answer="**Có**, bãi xe ở cổng sau.",
)


def publish_faq(database: Database, text: FaqText, now: datetime) -> int:
    """Written by Lan, approved by Hoa; its number."""
    with database.session(writing=True) as session:
        number = draft(session, text, Act(LAN, now))
        approve(session, number, 1, Act(HOA, now))
    return number
