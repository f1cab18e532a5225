"""Runs Debian's Postfix as a relay of its own: configuration, queue and log in one folder, loopback
only, an unprivileged port, stopped by the process id of its own master. A Postfix of the machine
is neither read nor touched."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

POSTFIX = Path("/usr/sbin/postfix")
DAEMONS = Path("/usr/lib/postfix/sbin")
HOST_NAME = "relay.contoso.example"
STARTED = "daemon started"

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
command_directory = /usr/sbin
daemon_directory = {daemons}
meta_directory = /etc/postfix
shlib_directory = /usr/lib/postfix
mail_owner = postfix
setgid_group = postdrop
myhostname = {host_name}
mydestination =
local_recipient_maps =
local_transport = error:no mailbox here
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
smtp_tls_security_level = none
smtpd_tls_security_level = none
smtpd_client_connection_count_limit = 0
in_flow_delay = 0
relayhost = {smart_hosts}
"""

# service, type, private, unprivileged, chroot, wake-up, most processes, command
MASTER = """\
{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def why_not():
    """Why Postfix cannot be started here, or nothing."""
    if not POSTFIX.exists() or not (DAEMONS / "master").exists():
        return "Postfix is not installed: ./do deps real"
    if os.geteuid() != 0:
        return "Postfix changes its user, for which it must be started by root"
    return None


class Relay:
    """A running Postfix that listens on 127.0.0.1:`port` and hands all mail to the smart hosts,
    (address, port) each, in that order."""

    def __init__(self, folder, port, smart_hosts, settings):
        self.folder, self.port = Path(folder), port
        self._configure(smart_hosts, settings)
        self._master = None

    @property
    def log(self):
        return self.folder / "maillog"

    def _configure(self, smart_hosts, settings):
        conf = self.folder / "conf"
        for path in (conf, self.folder / "queue", self.folder / "data"):
            path.mkdir()
        # Postfix gives up root and must still reach its folders.
        self.folder.chmod(0o755)
        owner = pwd.getpwnam("postfix")
        os.chown(self.folder / "data", owner.pw_uid, owner.pw_gid)
        hosts = ", ".join(f"[{address}]:{port}" for address, port in smart_hosts)
        main = MAIN.format(folder=self.folder, daemons=DAEMONS, host_name=HOST_NAME,
                           smart_hosts=hosts)
        main += "".join(f"{name} = {value}\n" for name, value in settings.items())
        (conf / "main.cf").write_text(main, encoding="ascii")
        (conf / "master.cf").write_text(MASTER.format(port=f"127.0.0.1:{self.port}"),
                                        encoding="ascii")

    def start(self):
        """Returns once the relay answers. The instant is that at which the queue manager began its
        first scan, to about 0.1 s."""
        conf = self.folder / "conf"
        subprocess.run([POSTFIX, "-c", conf, "check"], check=True, capture_output=True)
        with open(self.folder / "master.out", "wb") as said:
            # A session of its own: master kills its process group when it is stopped.
            self._master = subprocess.Popen([DAEMONS / "master", "-c", conf, "-d"], stdout=said,
                                            stderr=said, start_new_session=True,
                                            env=os.environ | {"TZ": "UTC"})
        self._wait(lambda: self.log.exists() and STARTED in self.log.read_text(encoding="utf-8"))

    def _wait(self, done, patience=20):
        until = time.monotonic() + patience
        while not done():
            if self._master.poll() is not None or time.monotonic() > until:
                said = (self.folder / "master.out").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"Postfix did not start: {said}")
            time.sleep(0.05)

    def queue_is_empty(self):
        queue = self.folder / "queue"
        return not any(path.is_file() for name in ("maildrop", "incoming", "active", "deferred")
                       for path in (queue / name).rglob("*"))

    def stop(self):
        if self._master is None or self._master.poll() is not None:
            return
        self._master.send_signal(signal.SIGTERM)
        try:
            self._master.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._master.pid, signal.SIGKILL)
            self._master.wait()

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
