"""Runs the warm-up scenario in SimPy; its figures by name."""

import random
import time

import scenario
import simpy
from sender import Sender


# What is compared with weir.
FIGURES = ("messages", "regular messages", "campaign arrived", "regular arrived",
           "campaign bounced", "bounced", "expired", "campaign delivered by day 1",
           "campaign delivered by day 4", "campaign delivered by day 7",
           "campaign delivered by day 15", "mean delay, s", "attempts", "attempts throttled",
           "windows", "hours in windows", "listings")


def simulate(of, seed):
    env = simpy.Environment()
    sender = Sender(env, of, random.Random(seed))
    began = time.process_time()
    env.run(until=of.horizon)
    seconds = time.process_time() - began
    return {**figures(sender), "cpu_s": seconds}


def figures(sender):
    books, receiver = sender.books, sender.receiver
    arrived = {source: books.delivered[source] + books.junked[source] for source in books.sent}
    by_day = [books.campaign_by_day[day] for day in range(30)]
    return {
        "messages": books.sent.total(),
        "regular messages": books.sent["regular"],
        "campaign arrived": arrived["campaign"],
        "regular arrived": arrived.get("regular", 0),
        "campaign bounced": books.bounced["campaign"],
        "bounced": books.bounced.total(),
        "expired": books.expired.total(),
        **{f"campaign delivered by day {day}": sum(by_day[:day]) for day in (1, 4, 7, 15)},
        "mean delay, s": sum(books.delay_sum.values()) / max(1, sum(arrived.values())),
        "attempts": books.attempts.total(),
        "attempts throttled": books.attempts["throttled"],
        "windows": receiver.windows,
        "hours in windows": receiver.throttled_seconds / scenario.HOUR,
        "listings": receiver.listings,
    }
