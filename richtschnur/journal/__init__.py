"""Protokoll: every act with actor and time, one chain; guards keep originals as they came."""
