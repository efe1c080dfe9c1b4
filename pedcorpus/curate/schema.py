"""Check `schema`: the stored record still is what its task's schema asks for, and reads as a conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from pedcorpus.curate.check import Subject, found, passed
from pedcorpus.records import Finding, Instruction

__all__ = ["CHECK", "SchemaCheck"]


class SchemaCheck:
    """Validates the record strictly against its own type and looks for empty messages."""

    name = "schema"
    version = 1

    def verdicts(self, subjects: Sequence[Subject]) -> Iterator[Finding]:
        for subject in subjects:
            yield self._verdict(subject.instruction)

    def _verdict(self, instruction: Instruction) -> Finding:
        try:
            type(instruction).model_validate(instruction.model_dump(mode="python"))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            path = ".".join(map(str, first["loc"]))
            return found(self, instruction, "schema", f"{first['msg']}; edit the field", path=path)
        for message in instruction.messages:
            if not message.content.strip():
                return found(
                    self, instruction, "empty_message", f"the {message.role} says nothing; edit the field or reject"
                )
        indices = {index for claim in instruction.claims() for index in claim.evidence}
        if indices and max(indices) >= len(instruction.evidence):
            detail = f"evidence {max(indices)} is cited, but there are {len(instruction.evidence)}"
            return found(self, instruction, "evidence_index", detail, path="evidence")
        return passed(self, instruction)


CHECK = SchemaCheck()
