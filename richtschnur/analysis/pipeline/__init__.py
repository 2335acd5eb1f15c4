"""Everything that rules and models say of many texts, in one go: from forty to a million.

Texts are read twice, in chunks. The first look (`looking`) tells of each text by itself its
language, personal data, words and word pairs; then all of them together make the vocabulary and
the groups; the second look tells keywords and topics by these. Chunks are looked at by an engine
(`engines`): the processors at hand, or several machines; the result is the same. What is finished
is kept (`keeping`), so that a run which was killed goes on where it stopped.
"""
