#!/bin/sh
set -eu
kill "$(ctx instance runtime-properties pid)"
