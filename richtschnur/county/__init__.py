"""The county itself: name, coat of arms, colour, and the pages that the law asks for."""
