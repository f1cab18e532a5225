"""Which SimPy on which Python this is, and how its programs answer."""

import platform

import simpy

NAME = f"SimPy {simpy.__version__}, {platform.python_implementation()} {platform.python_version()}"


def answer(**found):
    """Prints what was found, one name and value a line."""
    for name, value in {"engine": NAME, **found}.items():
        print(f"{name}: {value}")
