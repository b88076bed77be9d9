"""Operations of the tour."""

from cloudify import ctx
from cloudify.decorators import operation


@operation
def work(**_):
    """Say that it works."""
    ctx.logger.info("working")
