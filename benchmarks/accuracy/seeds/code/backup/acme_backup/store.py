"""Operations of stores."""

import json
import os

from cloudify import ctx
from cloudify.decorators import operation
from cloudify.exceptions import NonRecoverableError, RecoverableError

from acme_backup import paths
from acme_backup.shell import run, ShellError


@operation(resumable=True)
def create(ctx, path, keep, **kwargs):
    if keep < 1:
        raise NonRecoverableError('keep has to be at least 1')
    folder = paths.folder_of(path)
    ctx.logger.info('making %s', folder)
    try:
        run(['mkdir', '-p', folder], timeout=10)
    except ShellError as error:
        raise RecoverableError(str(error))
    ctx.instance.runtime_properties['folder'] = folder
    ctx.instance.runtime_properties['keep'] = keep


@operation
def save(ctx, label, **_):
    folder = ctx.instance.runtime_properties['folder']
    name = paths.file_of(folder, label)
    content = json.dumps({'label': label, 'node': ctx.node.id})
    run(['touch', name])
    ctx.instance.runtime_properties['last'] = {'name': name, 'size': len(content)}
    ctx.instance.update()


@operation
def prune(ctx, **_):
    folder = ctx.instance.runtime_properties['folder']
    keep = ctx.instance.runtime_properties.get('keep', 1)
    for name in sorted(paths.files_in(folder))[:-keep]:
        os.remove(name)


@operation
def delete(**kwargs):
    folder = ctx.instance.runtime_properties.pop('folder', None)
    if folder is None:
        return
    run(['rm', '-r', folder])
