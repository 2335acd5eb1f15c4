"""What a submission is measured against: a page that says hello, and one insert behind a form.

The same server, database and durability, without middleware; Django's own way of doing it.
"""
