from cloudify.decorators import operation
from cloudify.exceptions import OperationRetry

from .client import Client


@operation
def start(ctx, **_):
    client = Client(ctx.node.properties)
    client.call('start')
    if not client.is_up():
        raise OperationRetry('not up yet', retry_after=5)
    ctx.instance.runtime_properties['state'] = 'up'


@operation
def stop(ctx, **_):
    Client(ctx.node.properties).call('stop')
    del ctx.instance.runtime_properties['state']


@operation
def patch(ctx, level, **_):
    ctx.logger.info('patching %s to level %d', ctx.instance.id, level)
    Client(ctx.node.properties).call('patch', level=level)


@operation
def check(ctx, **_):
    return Client(ctx.node.properties).is_up()
