"""What builds, starts and checks Richtschnur on a developer's machine; not part of the product."""
