"""A contract that import-linter lacks: the rooms of every stage, and who may open their doors."""

from __future__ import annotations

from importlinter import Contract, ContractCheck, fields, output


class RoomsContract(Contract):
    """A stage has only rooms of the known names, and only the stage itself enters the closed ones.

    `stages` are packages, `rooms` the names a child of a stage may have, `closed` those of them
    that other packages must not import, `exceptions` further modules that may stand in a stage,
    `visitors` modules that may enter closed rooms.
    """

    type_name = "rooms"

    stages = fields.ListField(subfield=fields.StringField())
    rooms = fields.ListField(subfield=fields.StringField())
    closed = fields.ListField(subfield=fields.StringField())
    exceptions = fields.ListField(subfield=fields.StringField(), required=False, default=())

    visitors = fields.ListField(subfield=fields.StringField(), required=False, default=())

    def check(self, graph, verbose):
        """Looks at every child of every stage, and at every import into a closed room."""
        problems = []
        for stage in self.stages:
            allowed = {f"{stage}.{room}" for room in self.rooms}
            allowed |= set(self.exceptions)
            children = graph.find_children(stage)
            problems += [f"{child} is no room of a stage" for child in sorted(children - allowed)]
            for room in self.closed:
                problems += self._intruders(graph, stage, f"{stage}.{room}")
        return ContractCheck(kept=not problems, metadata={"problems": problems})

    def _intruders(self, graph, stage, room):
        if room not in graph.modules:
            return []
        doors = {room} | graph.find_descendants(room)
        return [
            f"{importer} enters {door}, which is {stage}'s own"
            for door in sorted(doors)
            for importer in sorted(graph.find_modules_that_directly_import(door))
            if not f"{importer}.".startswith(f"{stage}.") and importer not in self.visitors
        ]

    def render_broken_contract(self, check):
        for problem in check.metadata["problems"]:
            output.print_error(problem, bold=True)
            output.new_line()
