"""M/M/1 as a user of SimPy would write it: one process that sends customers, one that serves them.

Prints the mean time in system beside the 10 that it must be, and how long a customer took.
"""

import argparse
import json
import random
import sys
import time

import engine
import simpy

ARRIVALS = 0.9  # a second
SERVICES = 1.0  # a second
EXPECTED = 1.0 / (SERVICES - ARRIVALS)

# Of the mean over n customers, times n, as n grows.
VARIANCE = 3.59e4


def arrivals(env, queue, customers, draw):
    for _ in range(customers):
        yield env.timeout(draw.expovariate(ARRIVALS))
        yield queue.put(env.now)


def server(env, queue, customers, draw, stays):
    for _ in range(customers):
        arrived = yield queue.get()
        yield env.timeout(draw.expovariate(SERVICES))
        stays.append(env.now - arrived)


def run(customers, seed):
    """(mean time in system, processor seconds)"""
    env = simpy.Environment()
    queue = simpy.Store(env)
    stays = []
    env.process(arrivals(env, queue, customers, random.Random(f"arrivals {seed}")))
    env.process(server(env, queue, customers, random.Random(f"services {seed}"), stays))
    began = time.process_time()
    env.run()
    return sum(stays) / len(stays), time.process_time() - began


def allowed(customers):
    """How far the mean over so many customers may lie from the expected one: five deviations."""
    return 5 * (VARIANCE / customers) ** 0.5


def is_right(mean, customers):
    return abs(mean - EXPECTED) <= allowed(customers)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--customers", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    mean, seconds = run(chosen.customers, chosen.seed)
    right = is_right(mean, chosen.customers)
    print(json.dumps({"engine": engine.NAME, "n": chosen.customers,
                      "ns": seconds / chosen.customers * 1e9, "measured": mean,
                      "expected": EXPECTED, "allowed": allowed(chosen.customers), "right": right}))
    return 0 if right else 4


if __name__ == "__main__":
    sys.exit(main())
