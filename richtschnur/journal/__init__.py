"""Protokoll: every act with actor and time, in one chain; guards that keep originals as they came."""
