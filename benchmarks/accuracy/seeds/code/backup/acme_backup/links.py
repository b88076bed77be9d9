"""Operations of relationships."""

from cloudify.decorators import operation


@operation
def register(ctx, priority, **_):
    users = ctx.target.instance.runtime_properties.setdefault('users', {})
    users[ctx.source.instance.id] = priority
    ctx.target.instance.update()


@operation
def unregister(ctx, **_):
    users = ctx.target.instance.runtime_properties.get('users', {})
    users.pop(ctx.source.instance.id, None)
    ctx.logger.info('%s is gone', ctx.source.node.name)
