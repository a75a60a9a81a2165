"""`python -m catalogue_import`: the same commands as `motcua catalogue`."""

from catalogue_import.commands import catalogue

if __name__ == "__main__":
    catalogue()
