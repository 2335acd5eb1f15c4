"""The staff's pages of the register."""
