"""A real Slurm with two nodes on this machine: one dies in the middle, the result is whole."""

import os
import shutil
import signal
import socket
import subprocess
import time
import unittest
from pathlib import Path

from program import SMALL, ProgramTest

TOOLS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol")

# Two daemons that are nodes on one host; who does not answer for 5 s is down.
CONF = """\
ClusterName=weir
SlurmctldHost={host}(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket={run}/munge.socket
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
SlurmctldPort={ports[0]}
SlurmctldPidFile={run}/ctld.pid
SlurmdPidFile={run}/slurmd.%n.pid
SlurmdSpoolDir={run}/spool.%n
StateSaveLocation={run}/state
SlurmUser=root
SlurmdUser=root
SlurmctldTimeout=30
SlurmdTimeout=5
KillWait=5
JobRequeue=1
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
JobAcctGatherType=jobacct_gather/none
SlurmctldLogFile={run}/ctld.log
SlurmdLogFile={run}/slurmd.%n.log
NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=1 State=UNKNOWN
NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=1 State=UNKNOWN
PartitionName=p Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
"""

# About a second a run, so that a node can die between two.
EXPERIMENT = """
[experiment]
replications = 10
[experiment.factors]
rate = { path = "source.daily.arrivals.rate", values = ["200000/h", "210000/h", "220000/h"] }
"""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def processes_with(variable):
    """Ids of processes that have `variable` in their environment."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if variable.encode() in (entry / "environ").read_bytes().split(b"\0"):
                    yield int(entry.name)
            except OSError:
                pass  # gone meanwhile


class SlurmTest(ProgramTest):
    def setUp(self):
        super().setUp()
        os.environ["PATH"] += ":/usr/sbin:/sbin"
        missing = [tool for tool in TOOLS if shutil.which(tool) is None]
        if missing or os.geteuid() != 0:
            self.skipTest(f"needs root and the packages slurm-wlm and munge; no {missing}")
        self.run_dir = self.folder / "slurm"
        self.run_dir.mkdir()
        for name in ("state", "spool.n1", "spool.n2"):
            (self.run_dir / name).mkdir()
        self.start_slurm()

    def daemon(self, *command, **more):
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, **more)

        def clean_up():
            process.kill()
            process.wait()

        self.addCleanup(clean_up)
        return process

    def start_slurm(self):
        run = self.run_dir
        key = run / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        self.daemon("munged", "-F", "--force", f"--key-file={key}", f"--socket={run}/munge.socket",
                    f"--pid-file={run}/munge.pid", f"--log-file={run}/munge.log",
                    f"--seed-file={run}/munge.seed")
        conf = run / "slurm.conf"
        host = socket.gethostname().split(".")[0]
        conf.write_text(CONF.format(run=run, host=host, ports=free_ports(3)), encoding="utf-8")
        self.environment = {**os.environ, "SLURM_CONF": str(conf)}
        self.wait_for(lambda: (run / "munge.socket").exists(), 20, "munge")
        self.daemon("slurmctld", "-D", "-f", conf)
        self.nodes = {n: self.daemon("slurmd", "-D", "-N", n, "-f", conf) for n in ("n1", "n2")}
        self.wait_for(lambda: self.slurm("sinfo", "-h", "-o", "%T %D") == "idle 2", 60, "two nodes")

    def slurm(self, *command):
        return subprocess.run(command, env=self.environment, capture_output=True, text=True,
                              check=False).stdout.strip()

    def wait_for(self, condition, seconds, what):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.5)
        logs = "".join((self.run_dir / name).read_text(errors="replace")[-2000:]
                       for name in ("ctld.log", "slurmd.n1.log", "slurmd.n2.log")
                       if (self.run_dir / name).exists())
        self.fail(f"in {seconds} s there was no {what}\n{logs}")

    def done(self):
        return sum(file.read_text(encoding="utf-8").count("\n")
                   for file in (self.folder / "out/journal").glob("shard-*"))

    def kill_node(self, name):
        """The daemon, the steps it started, and all that they run."""
        self.nodes[name].kill()
        steps = set()
        for pid in list(processes_with(f"SLURMD_NODENAME={name}")):
            try:
                with open(f"/proc/{pid}/status", encoding="utf-8") as file:
                    parent = int(file.read().split("PPid:")[1].split()[0])
                with open(f"/proc/{parent}/comm", encoding="utf-8") as file:
                    if "slurmstepd" in file.read():
                        steps.add(parent)
                os.kill(pid, signal.SIGKILL)
            except (OSError, ProcessLookupError):
                pass
        for step in steps:
            os.kill(step, signal.SIGKILL)
        return len(steps)

    def test_a_node_that_dies_costs_nothing_but_time(self):
        self.write("s.toml", SMALL + EXPERIMENT)
        done = self.weir("sweep", "submit", "s.toml", "-o", "out", "--slurm", "--shards", "4")
        self.assertEqual(done.returncode, 0, done.stderr)
        script = self.folder / "out/submit.sbatch"
        # Slurm knows nothing of this machine's memory.
        script.write_text("".join(line for line in script.read_text().splitlines(True)
                                  if "--mem" not in line))
        said = self.slurm("sbatch", str(script))
        self.assertIn("Submitted batch job", said)
        self.wait_for(lambda: self.done() >= 3, 120, "runs that are done")
        self.assertEqual(self.kill_node("n2"), 1, "a step was running on the node")
        self.wait_for(lambda: self.slurm("squeue", "-h") == "", 500, "end of all shards")
        log = (self.run_dir / "ctld.log").read_text(errors="replace")
        self.assertIn("due to failure of node n2", log)
        self.assertEqual(self.weir("sweep", "status", "out").returncode, 0)
        merged = self.weir("sweep", "merge", "out", "-o", "cluster.h5")
        self.assertEqual(merged.returncode, 0, merged.stderr)
        self.weir("sweep", "s.toml", "-o", "here", "--quiet")
        self.weir("sweep", "merge", "here", "-o", "here.h5")
        self.assertEqual((self.folder / "cluster.h5").read_bytes(),
                         (self.folder / "here.h5").read_bytes())


if __name__ == "__main__":
    unittest.main()
