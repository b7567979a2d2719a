"""How times, days and numbers are written on the screen: 09:41, 2026-11-23 or *i går*."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QLocale


def _local(at: datetime) -> datetime:
    return at.astimezone()


def time_text(at: datetime) -> str:
    """The local time, 09:41."""
    return _local(at).strftime("%H:%M")


def day_text(day: date, today: date) -> str:
    """*i dag*, *i går* or 2026-11-18."""
    if day == today:
        return QCoreApplication.translate("Formats", "i dag")
    if day == today - timedelta(days=1):
        return QCoreApplication.translate("Formats", "i går")
    return day.isoformat()


def moment_text(at: datetime, now: datetime) -> str:
    """09:41 for today, *i går 09:41*, otherwise 2026-11-18 09:41."""
    if _local(at).date() == _local(now).date():
        return time_text(at)
    return f"{day_text(_local(at).date(), _local(now).date())} {time_text(at)}"


def changed_text(at: datetime, now: datetime) -> str:
    """For a narrow column: 09:41 for today, otherwise *i går* or the day."""
    local = _local(at)
    if local.date() == _local(now).date():
        return time_text(at)
    return day_text(local.date(), _local(now).date())


def number_text(number: int) -> str:
    """Grouped as the language groups: 2 148."""
    return QLocale().toString(number)


def with_figure(text: str, number: int) -> str:
    """The number in a text of `tr` grouped as the language groups: *14 814 rader*."""
    return text.replace(str(number), number_text(number), 1)
