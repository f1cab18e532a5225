"""Runs the warm-up scenario in SimPy and in weir: whether they agree, and how fast each is.

Every figure is compared over independent runs of both. The chance that any comparison of all
fails although both programs are the same is 1 %; the seeds are fixed, so that what passes goes on
passing. Messages a second count processor time: SimPy's from the first event to the last, weir's
of the whole process, the writing of its result file included.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
from typing import NamedTuple

import agreement
import run
import scenario

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent))
import engine  # noqa: E402

SCENARIO = pathlib.Path("experiments/scenarios/warmup-90k.toml")
THROTTLE = "site.exchange-online.throttle.ip"
ERROR = 0.01  # of all comparisons together

# One receiver for all runs of a case, as the ensemble would be another unknown in each.
MEDIAN_RECEIVER = (f"{THROTTLE}.growth=3.0", f"{THROTTLE}.half_life=36 h",
                   f"{THROTTLE}.domain_factor=20.0", f"{THROTTLE}.window=24 h")


class Case(NamedTuple):
    name: str
    variant: str | None
    probation: float  # of the messages of the campaign, a day
    in_window: str = "closed"
    after_window: str = "kept"

    def settings(self, messages):
        volume = () if self.variant == "all-at-once" else (f"plan.warmup.volume={messages}",)
        return (*MEDIAN_RECEIVER, *volume,
                f"source.campaign.arrivals.messages={messages}",
                f"source.regular.arrivals.rate={messages // 30}/d",
                f"{THROTTLE}.probation={round(messages * self.probation)}/d",
                f"{THROTTLE}.in_window={self.in_window}",
                f"{THROTTLE}.after_window={self.after_window}")


# The first is the scenario as it stands: no window opens. Each of the others takes another branch
# of the throttle's rule.
NOMINAL = Case("flat over 30 days", None, 1 / 10)
CASES = (NOMINAL,
         Case("flat over 15 days, strict receiver", "flat-15", 4 / 90),
         Case("all at once", "all-at-once", 1 / 10),
         Case("all at once, a trickle passes, history deleted", "all-at-once", 1 / 10, "trickle",
              "deleted"))


def of_weir(result, cpu_s):
    """The figures of run.figures(), out of weir's JSON object."""
    sources = result["sources"]

    def counted(source, *outcomes):
        return sum(sources[source]["recipients"][outcome] for outcome in outcomes)

    arrived = {source: counted(source, "delivered", "junked") for source in ("campaign", "regular")}
    by_day = sources["campaign"]["delivered_by_day"]
    delays = sum(number * (sources[source]["delay_s"]["mean"] or 0.0)
                 for source, number in arrived.items())
    return {
        "messages": sources["campaign"]["messages"] + sources["regular"]["messages"],
        "regular messages": sources["regular"]["messages"],
        "campaign arrived": arrived["campaign"],
        "regular arrived": arrived["regular"],
        "campaign bounced": counted("campaign", "bounced"),
        "bounced": counted("campaign", "bounced") + counted("regular", "bounced"),
        "expired": counted("campaign", "expired") + counted("regular", "expired"),
        **{f"campaign delivered by day {day}": sum(by_day[:day]) for day in (1, 4, 7, 15)},
        "mean delay, s": delays / max(1, sum(arrived.values())),
        "attempts": result["attempts"]["total"],
        "attempts throttled": result["causes"].get("ip-throttling", 0),
        "windows": result["windows"]["opened"],
        "hours in windows": result["windows"]["hours"],
        "listings": result["listings"],
        "cpu_s": cpu_s,
    }


def children_cpu_s():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run_weir(program, case, messages, seed, folder):
    chosen = [option for setting in case.settings(messages) for option in ("--set", setting)]
    variant = ["--variant", case.variant] if case.variant else []
    before = children_cpu_s()
    done = subprocess.run([program, "run", str(SCENARIO), "--json", "--quiet", "--seed", str(seed),
                           "-o", os.path.join(folder, "result.h5"), *variant, *chosen],
                          capture_output=True, check=True, text=True)
    return of_weir(json.loads(done.stdout), children_cpu_s() - before)


def run_simpy(case, messages, seed):
    return run.simulate(scenario.read(SCENARIO, case.variant, case.settings(messages)), seed)


class Comparison(NamedTuple):
    case: str
    figure: str
    simpy: list
    weir: list
    agrees: bool

    def __str__(self):
        simpy, weir = (f"{statistics.fmean(runs):.6g} ± {statistics.stdev(runs):.2g}"
                       for runs in (self.simpy, self.weir))
        verdict = "agree" if self.agrees else "DIFFER"
        return f"  {self.figure:28} {simpy:>24} {weir:>24}  {verdict}"


def compare(case, simpy, weir, error):
    for figure in run.FIGURES:
        both = [[one[figure] for one in runs] for runs in (simpy, weir)]
        yield Comparison(case.name, figure, *both, agreement.agree(*both, error))


def ns_per_message(runs):
    return statistics.median(one["cpu_s"] / one["messages"] * 1e9 for one in runs)


class Pair(NamedTuple):
    """Runs of both programs of one case."""
    case: Case
    simpy: list
    weir: list


def run_both(program, case, messages, runs):
    with tempfile.TemporaryDirectory() as folder:
        both = [(run_simpy(case, messages, seed), run_weir(program, case, messages, seed, folder))
                for seed in range(1, runs + 1)]
    return Pair(case, *map(list, zip(*both)))


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--weir", required=True, help="the program")
    options.add_argument("--messages", type=int, default=90_000, help="of the timed campaign")
    options.add_argument("--others", type=int, default=9_000, help="of the other cases' campaigns")
    options.add_argument("--runs", type=int, default=5, help="of each program and case")
    chosen = options.parse_args()
    error = ERROR / (len(CASES) * len(run.FIGURES))
    pairs = [run_both(chosen.weir, case, chosen.messages if case is NOMINAL else chosen.others,
                      chosen.runs) for case in CASES]
    found = [each for pair in pairs for each in compare(*pair, error)]
    for each in found:
        if each.figure == run.FIGURES[0]:
            print(f"{each.case}\n  {'':28} {'SimPy, mean ± deviation':>24} {'weir':>24}",
                  file=sys.stderr)
        print(each, file=sys.stderr)
    simpy_ns, weir_ns = (ns_per_message(runs) for runs in (pairs[0].simpy, pairs[0].weir))
    engine.answer(ns=simpy_ns, weir_ns=weir_ns, compared=len(found),
                  differing=sum(not each.agrees for each in found))


if __name__ == "__main__":
    main()
