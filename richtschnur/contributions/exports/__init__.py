"""Contributions as a table for staff, published ones as open data, the receipt as a file."""

from richtschnur.contributions.exports.answers import export_answers
from richtschnur.contributions.exports.receipt import Receipt, receipt_of, write_receipt
from richtschnur.contributions.exports.table import export_contributions

__all__ = ["Receipt", "export_answers", "export_contributions", "receipt_of", "write_receipt"]
