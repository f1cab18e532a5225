"""Counts what a Postfix log says, in another way than weir does: whole log in memory, regular
expressions, one list of lines a life of a queue id. Prints counts, then the trace it expects."""

import collections
import datetime
import functools
import gzip
import re
import sys

LINE = re.compile(r"(\w{3} [ \d]\d [\d:]{8}) \S+ postfix/(\w+)\[\d+\]: ([0-9A-F]{6,}): (.*)")


@functools.cache
def seconds(stamp):
    return int(datetime.datetime.strptime(f"2026 {stamp}", "%Y %b %d %H:%M:%S").timestamp())


lives, living = [], {}
with gzip.open(sys.argv[1], "rt", encoding="ascii") as log:
    start = None
    for text in log:
        start = start or seconds(text[:15])
        match = LINE.match(text)
        if not match:
            continue
        queue_id, said = match[3], match[4]
        if queue_id not in living:
            living[queue_id] = []
            lives.append((seconds(match[1]) - start, living[queue_id]))
        living[queue_id].append(said)
        if said == "removed":
            del living[queue_id]

counts, rows = collections.Counter(), []
for arrived, said in lives:
    text = "\n".join(said)
    ends = re.findall(r"status=(sent|bounced)", text)
    assert len(ends) == 1 and said[-1] == "removed", text
    who = "messages" if "client=" in text else "notices"
    assert (who == "notices") == ("from=<>" in text), text
    counts[who] += 1
    counts[f"{who}_{ends[0]}"] += 1
    counts[f"{who}_deferred"] += text.count("status=deferred")
    for reply in re.findall(r"(?:said: |status=sent \()(\d{3} \d\.\d\.\d+)", text):
        counts[reply.replace(" ", "_")] += 1
    if who == "messages":
        size = re.search(r"size=(\d+)", text)[1]
        rows.append(f"{arrived} {size} 1 {re.search(r'to=<[^@]*@([^>]*)>', text)[1]} "
                    f"{re.search(r'from=<([^>]*)>', text)[1]} message")
assert not living
for name, count in sorted(counts.items()):
    print(name, count)
print("trace")
print("\n".join(rows))
