"""Files of the stage: calendars and the poster."""

from richtschnur.consultation.exports.calendar import (
    Event,
    calendar,
    events_of,
)
from richtschnur.consultation.exports.poster import SIZES, export_poster, qr_code

__all__ = ["SIZES", "Event", "calendar", "events_of", "export_poster", "qr_code"]
