"""The simulated engine under the stub `cloudify` package. Loaded by child.py, never imported by bplint."""
