"""Who acts: a kind, an opaque id and roles. No foreign key: the journal knows no one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts.

    `kind` is "user", "visitor", "cli" or "system"; `id` is opaque and "" for visitors; `roles`
    are those in force at the moment of the act, those of people stood in for included;
    `stands_in_for` maps such a role to the id of the person stood in for.
    """

    kind: str
    id: str = ""
    role: str = ""
    roles: frozenset[str] = frozenset()
    stands_in_for: tuple[tuple[str, str], ...] = ()

    @property
    def is_trusted_process(self) -> bool:
        return self.kind in ("cli", "system")


VISITOR = Actor("visitor")
CLI = Actor("cli", "cli", "administration")
SYSTEM = Actor("system", "system")
