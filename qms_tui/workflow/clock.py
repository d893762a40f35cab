"""The time, in the one place where it is read."""

from datetime import UTC, date, datetime


def now() -> str:
    """UTC, ISO 8601 with Z, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def today() -> str:
    """The local date, ISO 8601."""
    return date.today().isoformat()


def local_time(at: str) -> str:
    """A stored time as local `HH:MM:SS`."""
    return datetime.fromisoformat(at).astimezone().strftime("%H:%M:%S")


def local_date(at: str) -> str:
    """A stored time as a local ISO date."""
    return datetime.fromisoformat(at).astimezone().date().isoformat()
