"""Textanalyse: plain functions on plain texts; they know neither database nor Django."""
