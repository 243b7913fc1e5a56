"""Time zones from the pinned time-zone database, and local times that exist once, twice or never."""

from datetime import UTC, datetime, timedelta, timezone

from app.rules.load import zone, zone_names


def exists(name: str) -> bool:
    """Whether `name` is an IANA time zone."""
    return zone(name) is not None


def of_city(name: str) -> list[str]:
    """The zones named for a city: Tokyo gives Asia/Tokyo, New York America/New_York."""
    wanted = name.rpartition("/")[2].strip().replace(" ", "_").casefold()
    return sorted(zone for zone in zone_names() if zone.rpartition("/")[2].casefold() == wanted and "/" in zone)


def readings(local: datetime, name: str) -> list[datetime]:
    """What a local time without offset can mean in a zone: one moment; two in a fold or a gap.

    In a gap the two are the moments that the offsets before and after the change give.
    """
    place = zone(name)
    if place is None:
        return []
    early, late = (local.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return [early]
    return [_fixed(early), _fixed(late)]


def local(moment: datetime, name: str) -> datetime:
    """A moment as the clocks of a zone show it; the zone must exist."""
    return moment.astimezone(zone(name))


def in_gap(local: datetime, name: str) -> bool:
    """Whether the clocks of a zone jump over a local time."""
    place = zone(name)
    moment = local.replace(tzinfo=place)
    return moment.astimezone(UTC).astimezone(place).replace(tzinfo=None) != local.replace(fold=0)


def _fixed(moment: datetime) -> datetime:
    """The same moment written with its offset only."""
    return moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()), fold=0)
