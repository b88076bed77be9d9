from cloudify.decorators import operation
from cloudify import exceptions

LIMIT = 80


def _checked(litres):
    if litres > LIMIT:
        raise exceptions.NonRecoverableError('the tank is too small')
    return litres


@operation
def create(ctx, **kwargs):
    ctx.instance.runtime_properties['tank'] = 0
    ctx.logger.info('%s is made', ctx.instance.id)


@operation
def refuel(ctx, litres, **kwargs):
    tank = ctx.instance.runtime_properties.get('tank', 0)
    ctx.instance.runtime_properties['tank'] = tank + _checked(litres)


@operation
def hitch(ctx, **kwargs):
    ctx.source.instance.runtime_properties['tows'] = ctx.target.instance.id
