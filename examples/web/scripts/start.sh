#!/bin/sh
# The operation's inputs arrive as environment variables.
set -eu
ctx logger info "starting on port ${port}: ${greeting}"
printf '%s\n' "${greeting}" > index.html
nohup python3 -m http.server "${port}" > server.log 2>&1 &
ctx instance runtime-properties pid "$!"
