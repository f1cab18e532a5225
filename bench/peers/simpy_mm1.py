"""M/M/1 as a user of SimPy would write it: one process that sends customers, one that serves them.

    simpy_mm1.py CUSTOMERS SEED

Prints the mean time in system, and the processor time that a customer took.
"""

import random
import sys
import time

import engine
import simpy

ARRIVALS = 0.9  # a second
SERVICES = 1.0  # a second


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


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: simpy_mm1.py CUSTOMERS SEED")
    customers, seed = map(int, sys.argv[1:])
    mean, seconds = run(customers, seed)
    engine.answer(ns=seconds / customers * 1e9, mean=mean)


if __name__ == "__main__":
    main()
