"""The staff's pages: papers and imports, single passages, the acts of an edition's life."""
