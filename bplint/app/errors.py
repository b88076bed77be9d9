"""What can end a run: the environment's fault, told in one line."""

from bplint.catalog.facts import DamagedCatalogueError

__all__ = ["DamagedCatalogueError"]
