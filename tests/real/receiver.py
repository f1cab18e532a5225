"""Receiving servers that follow a script: what each answers, from when until when, and how fast.

    receiver.py SCRIPT.json LOG.jsonl

SCRIPT.json: {"begin": UNIX_TIME, "seed": N, "hosts": {NAME: {"address", "port", "envelope_s",
"acceptance_s", "transient", "phases": [{"from_s", "until_s", "answer"}]}}}

The answer of a phase is "refused" (nobody listens), "none" (connections are taken, never greeted),
"421 TEXT" (the greeting), or any other reply, which is given to every recipient. The first two end
the sessions there are, once their message is answered. Outside its phases a host takes mail, but
for recipients whose local part says otherwise: `reject.N` never exists, `deferN.M` is put off N
times in all. The log has a line for each reply to a recipient and to a message: {"t", "host",
"recipient", "reply"}, t in seconds since begin.
"""

import asyncio
import collections
import json
import random
import re
import signal
import sys
import time

UNKNOWN = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found"
BUSY = "452 4.3.1 Insufficient system resources"
TAKEN = "250 2.6.0 Queued mail for delivery"
GONE = ("refused", "none")
LONGEST = 4_000_000  # bytes of a message
DEFER = re.compile(r"defer(\d+)\.")


class Log:
    def __init__(self, path, begin):
        self._file, self._begin = open(path, "w", encoding="ascii"), begin

    def now(self):
        return time.time() - self._begin

    def write(self, **what):
        self._file.write(json.dumps({"t": round(self.now(), 4), **what}) + "\n")

    def close(self):
        self._file.close()


class Host:
    """One server. `put_off` counts the refusals of each deferN recipient over all hosts."""

    def __init__(self, name, script, chance, log, put_off):
        self._name, self._script, self._chance = name, script, chance
        self._log, self._put_off = log, put_off
        self._server, self._idle, self._sessions = None, set(), set()

    def _phase(self):
        now = self._log.now()
        for phase in self._script["phases"]:
            if phase["from_s"] <= now < phase["until_s"]:
                return phase["answer"]
        return "ok"

    async def follow(self):
        """Listens and stops listening as the script says."""
        changes = {0.0} | {phase[key] for phase in self._script["phases"]
                           for key in ("from_s", "until_s")}
        await self._listen()
        for change in sorted(changes):
            await asyncio.sleep(max(0.0, change - self._log.now()))
            phase = self._phase()
            if phase in GONE:
                self._end_sessions()
            if phase == "refused":
                self._server.close()
                self._server = None
            elif self._server is None:
                await self._listen()

    async def _listen(self):
        self._server = await asyncio.start_server(self._serve, self._script["address"],
                                                  self._script["port"], backlog=512, limit=LONGEST)

    def _end_sessions(self):
        """Sessions between two messages end at once, the others after their reply."""
        for writer in self._idle:
            writer.close()

    async def _serve(self, reader, writer):
        # The event loop keeps only weak references to tasks.
        task = asyncio.current_task()
        self._sessions.add(task)
        try:
            await self._greet(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._sessions.discard(task)
            self._idle.discard(writer)
            writer.close()

    async def _greet(self, reader, writer):
        phase = self._phase()
        if phase == "none":
            await reader.read()
            return
        if phase.startswith("421"):
            await self._say(writer, phase)
            return
        await self._say(writer, f"220 {self._name} ESMTP")
        await self._converse(reader, writer)

    @staticmethod
    async def _say(writer, line):
        writer.write(line.encode("ascii") + b"\r\n")
        await writer.drain()

    async def _converse(self, reader, writer):
        recipient = None
        while True:
            if recipient is None:
                if self._phase() in GONE:
                    return
                self._idle.add(writer)
            line = (await reader.readline()).decode("ascii")
            self._idle.discard(writer)
            verb = line[:4].upper()
            if verb == "RCPT":
                recipient = re.search(r"<([^>]*)>", line)[1]
                worked = await self._answer_recipient(writer, recipient)
                if worked is None:
                    recipient = None
            elif verb == "DATA":
                await self._take_data(reader, writer, recipient, worked)
                recipient = None
            elif verb in ("", "QUIT"):
                if line:
                    await self._say(writer, "221 2.0.0 Bye")
                return
            else:
                await self._say(writer, f"250 {self._name}")

    async def _answer_recipient(self, writer, recipient):
        reply = self._reply_to(recipient)
        worked = await self._work(self._script["envelope_s"])
        if reply:
            self._note(recipient, reply, worked)
        await self._say(writer, reply or "250 2.1.5 Recipient OK")
        return None if reply else worked

    def _reply_to(self, recipient):
        """Why a recipient is refused now, or nothing."""
        phase = self._phase()
        if phase[0] in "45" and not phase.startswith("421"):
            return phase
        if recipient.startswith("reject."):
            return UNKNOWN
        times = DEFER.match(recipient)
        if times and self._put_off[recipient] < int(times[1]):
            self._put_off[recipient] += 1
            return BUSY
        return BUSY if self._chance.random() < self._script["transient"] else None

    async def _take_data(self, reader, writer, recipient, worked):
        await self._say(writer, "354 Go on")
        await reader.readuntil(b"\r\n.\r\n")
        worked += await self._work(self._script["acceptance_s"])
        self._note(recipient, TAKEN, worked)
        await self._say(writer, TAKEN)

    async def _work(self, mean):
        worked = self._chance.expovariate(1 / mean)
        await asyncio.sleep(worked)
        return worked

    def _note(self, recipient, reply, worked):
        self._log.write(host=self._name, recipient=recipient, reply=reply,
                        worked_s=round(worked, 4))


async def serve(script, log_path):
    log, put_off = Log(log_path, script["begin"]), collections.Counter()
    hosts = [Host(name, host, random.Random(f"{script['seed']} {name}"), log, put_off)
             for name, host in script["hosts"].items()]
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    following = [asyncio.create_task(host.follow()) for host in hosts]
    await stopped.wait()
    for task in following:
        if task.done():
            task.result()
        task.cancel()
    log.close()


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as script_file:
        asyncio.run(serve(json.load(script_file), sys.argv[2]))
