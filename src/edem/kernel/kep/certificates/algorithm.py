"""AlgorithmIdentifier: which algorithm, with which parameters."""

from dataclasses import dataclass

from edem.kernel.kep import write
from edem.kernel.kep.der import Node


@dataclass(frozen=True)
class Algorithm:
    oid: str
    parameters: bytes | None = None
    """The encoded parameters, NULL among them; None when there are none at all."""

    @classmethod
    def read(cls, node: Node) -> "Algorithm":
        fields = node.sequence()
        oid = fields.next().oid()
        parameters = fields.next().raw if fields.more() else None
        fields.finish()
        return cls(oid, parameters)

    def written(self) -> bytes:
        return write.sequence(write.oid(self.oid), self.parameters or b"")
