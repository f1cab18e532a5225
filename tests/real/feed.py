"""Feeds traces to a relay: each arrival is handed in at its time, to a recipient that is its own.

A trace is the file that `weir` replays (experiments/trace_file/trace_row.h says what stands in it).
"""

import asyncio
import csv
import itertools
import re
import time
from typing import NamedTuple

SESSIONS = 16
SENDER = "alerts@contoso.example"


class Arrival(NamedTuple):
    at: float  # in seconds since begin
    source: str
    serial: int  # within its source
    bytes: int
    recipient: str


class Handed(NamedTuple):
    """An arrival that the relay has taken."""
    arrival: Arrival
    taken: float
    queue_id: str


def read_trace(path, source, local_part):
    """The arrivals of one trace file; the local part of each recipient is `local_part`.SERIAL."""
    with open(path, encoding="ascii", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return [Arrival(float(row["seconds"]), source, serial, int(row["bytes"]),
                        f"{local_part}.{serial}@{row['domain']}")
                for serial, row in enumerate(rows)]


def body_of(size):
    """A message of about `size` bytes in lines of 72 letters."""
    head = b"Subject: weir\r\n\r\n"
    lines = max(1, (size - len(head)) // 74)
    return head + b"\r\n".join(itertools.repeat(b"x" * 72, lines)) + b"\r\n.\r\n"


class Session:
    """One SMTP session with the relay."""

    async def open(self, port):
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        await self._expect(b"220")
        await self._command(b"HELO feeder.contoso.example\r\n", b"250")

    async def _command(self, command, code):
        self._writer.write(command)
        return await self._expect(code)

    async def _expect(self, code):
        line = await self._reader.readline()
        if not line.startswith(code):
            raise RuntimeError(f"the relay answered {line!r}")
        return line

    async def send(self, arrival):
        await self._command(f"MAIL FROM:<{SENDER}>\r\n".encode(), b"250")
        await self._command(f"RCPT TO:<{arrival.recipient}>\r\n".encode(), b"250")
        await self._command(b"DATA\r\n", b"354")
        line = await self._command(body_of(arrival.bytes), b"250")
        return re.search(rb"queued as (\w+)", line)[1].decode("ascii")

    async def close(self):
        await self._command(b"QUIT\r\n", b"221")
        self._writer.close()


async def _send_all(arrivals, port, begin):
    due, handed = asyncio.Queue(), []

    async def work():
        session = Session()
        await session.open(port)
        while arrival := await due.get():
            queue_id = await session.send(arrival)
            handed.append(Handed(arrival, time.time() - begin, queue_id))
        await session.close()

    workers = [asyncio.create_task(work()) for _ in range(SESSIONS)]
    for arrival in arrivals:
        await asyncio.sleep(max(0.0, begin + arrival.at - time.time()))
        due.put_nowait(arrival)
    for _ in workers:
        due.put_nowait(None)
    await asyncio.gather(*workers)
    return handed


def feed(arrivals, port, begin):
    """Hands all in, each at its time; `begin` is the Unix time of second 0."""
    return asyncio.run(_send_all(sorted(arrivals), port, begin))
