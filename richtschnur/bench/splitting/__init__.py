"""Papers of associations for `bench split`, written from hand-made sentences; truth by making."""
