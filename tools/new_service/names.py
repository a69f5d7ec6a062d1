"""From a service's name to the names of everything in it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Names:
    service: str
    item: str

    def words(self) -> dict[str, str]:
        return {
            "service": self.service,
            "Service": camel(self.service),
            "item": self.item,
            "items": self.service if self.service != self.item else f"{self.item}s",
            "Item": camel(self.item),
            "item_table": camel(self.item).lower(),
            "prefix": self.service.replace("_", "-"),
            "words": self.service.replace("_", " "),
            "item_words": self.item.replace("_", " "),
        }


def names_for(service: str) -> Names:
    return Names(service=service, item=one_of(service))


def one_of(service: str) -> str:
    """Surveys → survey, libraries → library, open_data → open_data_item."""
    if service.endswith("ies"):
        return f"{service.removesuffix('ies')}y"
    if service.endswith("s") and not service.endswith("ss"):
        return service.removesuffix("s")
    return f"{service}_item"


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
