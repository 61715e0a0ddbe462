"""The domains, lowest first: one word each. The phone's half lists the same words in src/domains.ts."""

from importlib import import_module

from roundsman.core.domain import Domain
from roundsman.core.registry import Registry

DOMAINS = (
    "identity",
    "files",
    "messages",
    "customers",
    "agents",
    "catalog",
    "inventory",
    "receivables",
    "visits",
    "orders",
    "figures",
    "targets",
)


def gather() -> Registry:
    """The registry of the sync engine's own commands and all domains. Raises RegistryError when two
    collide.
    """
    found: list[Domain] = [import_module(f"roundsman.{name}.domain").DOMAIN for name in ("sync", *DOMAINS)]
    return Registry(found)
