"""Files in and out: pure functions on plain data, no Django.

In comes any draft file (`reading.read`), out comes plain blocks; from these the structure of a
strategy paper (`structure.recognise`). The other way round, a `paper.Paper` becomes a file
(`writing.write`). German: Dokumente.
"""
