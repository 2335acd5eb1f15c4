"""Papers as county offices write them: one content, many habits, every format.

`county` makes what a paper says, `habits` how an office puts it down, `compose` a sheet of plain
parts with the truth about it, and the makers write that sheet as real files.
"""
