"""How times, days and numbers are written on the screen: 09:41, 2026-11-23 or *i går*."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QLocale

from app.swedish_day import swedish_day, swedish_time


def time_text(at: datetime) -> str:
    """The time in Sweden, 09:41."""
    return swedish_time(at).strftime("%H:%M")


def day_text(day: date, today: date) -> str:
    """*i dag*, *i går* or 2026-11-18."""
    if day == today:
        return QCoreApplication.translate("Formats", "i dag")
    if day == today - timedelta(days=1):
        return QCoreApplication.translate("Formats", "i går")
    return day.isoformat()


def moment_text(at: datetime, now: datetime) -> str:
    """09:41 for today, *i går 09:41*, otherwise 2026-11-18 09:41."""
    if swedish_day(at) == swedish_day(now):
        return time_text(at)
    return f"{day_text(swedish_day(at), swedish_day(now))} {time_text(at)}"


def whole_moment_text(at: datetime) -> str:
    """2026-11-18 09:41, whatever day it is: where days are what is in question."""
    return f"{swedish_day(at).isoformat()} {time_text(at)}"


def changed_text(at: datetime, now: datetime) -> str:
    """For a narrow column: 09:41 for today, otherwise *i går* or the day."""
    if swedish_day(at) == swedish_day(now):
        return time_text(at)
    return day_text(swedish_day(at), swedish_day(now))


def number_text(number: int) -> str:
    """Grouped as the language groups: 2 148."""
    return QLocale().toString(number)


def with_figure(text: str, number: int) -> str:
    """The number in a text of `tr` grouped as the language groups: *14 814 rader*."""
    return text.replace(str(number), number_text(number), 1)
