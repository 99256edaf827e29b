"""The grid of the schedules: every five minutes from midnight."""

from datetime import datetime, timedelta

TICK = timedelta(minutes=5)


def on_grid(moment: datetime) -> datetime:
    """The tick at or after a moment."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return day + TICK * -((day - moment) // TICK)
