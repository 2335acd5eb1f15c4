"""Campaigns and near-duplicates: which of many texts are one mass mail that its senders edited."""
