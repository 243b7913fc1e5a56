"""Checks of what the data say about places: countries, regions, subdivisions and time zones."""

from collections.abc import Iterator
from difflib import get_close_matches

from app.rules import entries
from app.rules.findings import Finding, all_entries, practice_files
from app.rules.load import BookData, zone_names


def check_places(data: BookData) -> Iterator[Finding]:
    """Countries, regions and subdivisions belong together; derived regions are what their members say."""
    for code, country in data.countries.items():
        name = f"countries/{code}.yaml"
        place = data.regions.countries.get(code)
        if place is None or place.region != country.region:
            known = f"regions.yaml says {place.region!r}" if place else "regions.yaml does not know the country"
            yield Finding(name, "region", f"is {country.region!r} but {known}", "Make the two agree")
        yield from _subdivisions(name, country)
    for code, region in data.region_practices.items():
        if code not in data.regions.regions:
            yield Finding(f"regions/{code}.yaml", "code", "is not in regions.yaml", "Correct the code")
        yield from _derived(code, region, data)
    for name, file in practice_files(data):
        for field in ("applies_in", "derived_from"):
            for wrong in sorted(set(getattr(file, field, ())) - set(data.regions.countries)):
                yield Finding(name, field, f"{wrong} is no country", "Write ISO 3166-1 codes")


def _subdivisions(name: str, country: entries.Country) -> Iterator[Finding]:
    """A country's subdivisions are its own, each in one place."""
    seen: set[str] = set()
    for key, subdivision in country.subdivisions.items():
        for code in subdivision.codes:
            if not code.startswith(f"{country.code}-"):
                yield Finding(name, f"subdivisions.{key}.codes", f"{code} is not in {country.code}", "Correct the code")
            if code in seen:
                yield Finding(name, f"subdivisions.{key}.codes", f"{code} stands twice", "Keep it in one place")
            seen.add(code)


def check_zones(data: BookData) -> Iterator[Finding]:
    """Time zones exist, and lie in the country for which they are named."""
    named = [
        ("regions.yaml", f"countries.{code}.primary_zone", code, place.primary_zone)
        for code, place in data.regions.countries.items()
    ]
    named += [
        (f"countries/{code}.yaml", f"subdivisions.{key}.time_zone", code, subdivision.time_zone)
        for code, country in data.countries.items()
        for key, subdivision in country.subdivisions.items()
    ]
    for name, path, code, zone in named:
        if zone is not None and zone not in zone_names():
            near = get_close_matches(zone, zone_names(), n=1)
            remedy = f"Did you mean {near[0]}? Correct it" if near else "Write one such as Europe/Berlin"
            yield Finding(name, path, f"{zone} is no IANA time zone", remedy)
        elif zone is not None and zone not in data.zones.get(code, (zone,)):
            yield Finding(name, path, f"{zone} is not a zone of {code}", f"Write one of {', '.join(data.zones[code])}")


def _derived(code: str, region: entries.RegionPractice, data: BookData) -> Iterator[Finding]:
    """A derived value is the value of every member that has one, at least two of them."""
    if not region.derived_from:
        return
    for path, entry in all_entries(region):
        for field, value in entry.values().items():
            said = {
                member: getattr(found[0], field)
                for member in region.derived_from
                if member in data.countries
                and (found := getattr(data.countries[member], entry.topic))
                and getattr(found[0], field) is not None
            }
            dissent = sorted(member for member, theirs in said.items() if theirs != value)
            if dissent or len(said) < 2:  # noqa: PLR2004 - one member is no agreement
                problem = f"does not agree with {', '.join(dissent)}" if dissent else "rests on fewer than two members"
                yield Finding(f"regions/{code}.yaml", f"{path}.{field}", problem, "Drop the value")
