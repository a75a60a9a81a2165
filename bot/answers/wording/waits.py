"""How long somebody waits for staff, in time of work."""

from datetime import timedelta

DAY_HOURS = 8
IN_HOURS = 2 * DAY_HOURS  # shorter waits are told in hours


def waited(worked: timedelta) -> str:
    hours = int(worked.total_seconds() // 3600)
    if hours >= IN_HOURS:
        return f"{hours // DAY_HOURS} ngày làm việc"
    return f"{hours} giờ làm việc" if hours else "dưới 1 giờ làm việc"


def within(worked: timedelta) -> str:
    """As `waited`, rounded up: what somebody may count on."""
    hours = max(1, -(-int(worked.total_seconds()) // 3600))
    return f"{-(-hours // DAY_HOURS)} ngày làm việc" if hours >= IN_HOURS else f"{hours} giờ làm việc"
