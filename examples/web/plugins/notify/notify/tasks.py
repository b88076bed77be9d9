"""Operations of the notify plugin."""

from cloudify import ctx
from cloudify.decorators import operation


@operation(resumable=True)
def announce(recipients=(), **_):
    """Tell every recipient that the node instance is up."""
    for recipient in recipients:
        ctx.logger.info("telling %s that %s is up", recipient, ctx.instance.id)
    ctx.instance.runtime_properties["announced_to"] = list(recipients)
