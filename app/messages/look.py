"""What was seen of a message that may be sent: what may be sent once only, when and how, and what to know before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from app.accounts.home import HOME
from app.follow_up.plan.days import day_at
from app.messages import vocabulary as words
from app.messages.errors import InterviewNotOver
from app.messages.gathering import Gathered
from app.messages.writing.vocabulary import Purpose
from app.references.availability import away_until
from app.rules import zones
from app.rules.vocabulary import Channel

_OF_AN_INTERVIEW: frozenset[Purpose] = frozenset({"thank_you", "status_enquiry"})
"""Purposes that look back at the interview."""
_DAY_BEGINS, _DAY_ENDS = time(7), time(21)
"""Local hours between which nobody is disturbed."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of it."""

    gathered: Gathered
    slot: str
    """What may be sent once only."""
    channel: Channel
    closes_at: datetime | None
    suggested_at: datetime | None

    def warnings(self, leaves_at: datetime) -> Iterator[words.Warning]:
        """What to know before it leaves at a time."""
        yield from self._of_time(leaves_at)
        yield from self._of_reader()
        if self.gathered.wanted.purpose == "thank_you" and len(self.gathered.points) > 1:
            yield "more_points_are_marked"

    def warnings_of_hour(self, leaves_at: datetime) -> Iterator[words.Warning]:
        """What to know of the hour besides, where it is to leave at that time: a draft may be written at any."""
        if not _DAY_BEGINS <= zones.local(leaves_at, self.gathered.reader_zone).time() < _DAY_ENDS:
            yield "at_night"

    def require_over(self, leaves_at: datetime) -> None:
        """Make sure that the interview will be over when a message that looks back at it leaves.

        Raises `InterviewNotOver`.
        """
        if self._is_early(leaves_at):
            raise InterviewNotOver(self.gathered.ends_at)

    def _is_early(self, leaves_at: datetime) -> bool:
        return self.gathered.wanted.purpose in _OF_AN_INTERVIEW and leaves_at < self.gathered.ends_at

    def _of_time(self, leaves_at: datetime) -> Iterator[words.Warning]:
        found = self.gathered
        if self._is_early(leaves_at):
            yield "interview_is_not_over"
        if self.closes_at is not None and self.closes_at <= leaves_at:
            yield "window_passed"
            if found.sending.thank_you.late == "send_nothing":
                yield "late_note_is_worse"
        if found.wanted.purpose == "status_enquiry":
            again, leaves_on = found.ask_again_from, day_at(leaves_at, found.case.row.time_zone)
            is_soon = again is not None and leaves_on < again
            if is_soon or found.decision.next_move.advice not in {"ask", "ask_again"}:
                yield "enquiry_is_not_due"

    def _of_reader(self) -> Iterator[words.Warning]:
        found, purpose = self.gathered, self.gathered.wanted.purpose
        if self.channel != "email" and not (self.channel == "via_recruiter" and found.is_to_consultant):
            yield "other_channel_is_customary"
        is_somebody_there = found.record.contact_id is not None and not found.is_to_consultant
        if purpose == "withdrawal" and is_somebody_there and found.decision.stops:
            yield "contact_is_forbidden"
        if purpose in words.TO_REFERENCES and away_until(found.record.unavailable, today(found)) is not None:
            yield "reference_is_away"
        if purpose == "reference_thanks" and found.record.consent_given_on is None:
            yield "reference_has_not_agreed"
        if purpose == "reference_thanks" and found.ended is not None and found.outcome is None:
            yield "outcome_is_not_told"


def slot(found: Gathered) -> str:
    """What a message may be sent once only for."""
    interview, application = found.wanted.interview_id.hex, found.case.row.application_id.hex
    person = found.record.contact_id.hex if found.record.contact_id else "anybody"
    once: Mapping[Purpose, str] = {
        "thank_you": f"{interview}:{person}",
        "status_enquiry": f"{interview}:{found.enquiry}",
        "reference_request": f"{interview}:{person}",
        "reference_briefing": f"{interview}:{person}",
        # Whoever was thanked without it is told how it ended.
        "reference_thanks": f"{application}:{person}" + (":open" if found.outcome is None else ""),
        "introducer_thanks": f"{application}:{person}",
        "withdrawal": application,
    }
    return f"{found.wanted.purpose}:{once[found.wanted.purpose]}"


def channel(found: Gathered) -> Channel:
    """The way by which such a message is customarily sent there."""
    if found.wanted.purpose == "thank_you":
        return found.sending.thank_you.channels[0]
    return found.decision.next_move.enquire_via if found.wanted.purpose == "status_enquiry" else "email"


def today(found: Gathered) -> date:
    """The day it is where the user lives."""
    return day_at(found.now, found.record.home or HOME)
