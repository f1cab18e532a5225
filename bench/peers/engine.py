"""Which SimPy, on which Python."""

import platform

import simpy

NAME = f"SimPy {simpy.__version__}, {platform.python_implementation()} {platform.python_version()}"
