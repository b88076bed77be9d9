from cloudify.workflows import ctx

ctx.logger.info("rotated")
