"""Settings, addresses and the schedule of one installation."""
