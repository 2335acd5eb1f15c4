"""What every page shares: frame, line, slots, language, theme and clock."""
