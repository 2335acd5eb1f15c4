"""Rückmeldung. In: comments of a person or body. Out: an original that stays, and a receipt."""
