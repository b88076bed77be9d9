"""`python -m bplint`."""

from bplint.cli.main import run

if __name__ == "__main__":
    run()
