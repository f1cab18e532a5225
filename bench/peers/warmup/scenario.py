"""The numbers of experiments/scenarios/warmup-90k.toml, for a program in SimPy.

Only what that file can say is read: a value that is a distribution stands for its median, and what
the file leaves to defaults has the same default here. Times are in seconds, rates a second, shares
in [0, 1].
"""

import re
import tomllib
from dataclasses import dataclass, field

HOUR = 3600.0
DAY = 24 * HOUR
SECONDS = {"ms": 1e-3, "s": 1.0, "min": 60.0, "h": HOUR, "d": DAY}


@dataclass(frozen=True)
class Mail:
    """What the mail of one source is like."""
    unknown: float
    spam: float
    complaints: float
    complaint_delay: float = 12 * HOUR


@dataclass(frozen=True)
class SenderParams:
    connect_time: float = 0.150
    transaction_time: float = 0.150
    transfer_time: float = 0.080  # a megabyte
    connection_limit: int = 20
    messages_per_connection: int = 20
    pause: float = 15 * 60.0
    minimal_backoff: float = 300.0
    maximal_backoff: float = 4000.0
    queue_run_delay: float = 300.0
    lifetime: float = 5 * DAY


@dataclass(frozen=True)
class ReceiverParams:
    """A history-window receiver; docs/models/history-window.md tells what each means."""
    probation: float = 9000 / DAY
    growth: float = 3.0
    half_life: float = 36 * HOUR
    domain_factor: float = 20.0
    window: float = DAY
    in_window: str = "closed"
    after_window: str = "kept"
    hour_share: float = 0.25
    trickle_rate: float = 60 / HOUR
    listing_windows: int = 3
    listing_span: float = 7 * DAY
    request_after: float = DAY
    delist_time: float = DAY
    complaint_weight: float = 100.0
    unknown_weight: float = 2.0
    spam_weight: float = 5.0
    evidence_half_life: float = 10 * DAY
    prior: float = 70.0
    prior_recipients: float = 500.0
    full_reputation: float = 60.0
    least_share: float = 0.1
    listing_reputation: float = 20.0
    listing_recipients: float = 1000.0
    envelope_time: float = 0.050
    acceptance_time: float = 0.200


@dataclass(frozen=True)
class Scenario:
    horizon: float
    messages: int
    campaign: Mail
    plan: dict
    regular_rate: float
    regular: Mail
    sender: SenderParams = field(default_factory=SenderParams)
    receiver: ReceiverParams = field(default_factory=ReceiverParams)


def quantity(written):
    """"24 h", "9000/d", "0.5 %" and plain values, as a number or the word itself."""
    if isinstance(written, dict) and "dist" in written:
        return quantity(written["median"] if "median" in written else written["of"][0])
    if not isinstance(written, str):
        return written
    if match := re.fullmatch(r"([\d.]+)\s*/\s*([a-z]+)", written):
        return float(match[1]) / SECONDS[match[2]]
    if match := re.fullmatch(r"([\d.]+)\s*%", written):
        return float(match[1]) / 100
    if match := re.fullmatch(r"([\d.]+)\s*([a-z]+)", written):
        return float(match[1]) * SECONDS[match[2]]
    return float(written) if re.fullmatch(r"[\d.]+", written) else written


def _join(into, table):
    for key, value in table.items():
        # A table with another model or distribution stands in place of the old one.
        if isinstance(value, dict) and isinstance(into.get(key), dict) and "model" not in value:
            _join(into[key], value)
        else:
            into[key] = value


def _set(root, path, value):
    *tables, key = path.split(".")
    for table in tables:
        root = root.setdefault(table, {})
    root[key] = value


def _mail(source):
    return Mail(*(quantity(source[name]) for name in ("unknown", "spam", "complaints")))


def read(path, variant=None, overrides=()):
    """`overrides` are like weir's --set: "site.exchange-online.throttle.ip.growth=3.0"."""
    with open(path, "rb") as file:
        root = tomllib.load(file)
    if variant:
        _join(root, root["variant"][variant])
    for override in overrides:
        _set(root, *override.split("=", 1))
    campaign, regular = root["source"]["campaign"], root["source"]["regular"]
    throttle = root["site"]["exchange-online"]["throttle"]["ip"]
    return Scenario(
        horizon=quantity(root["horizon"]),
        messages=int(campaign["arrivals"]["messages"]),
        campaign=_mail(campaign),
        plan={key: quantity(value) for key, value in root["plan"]["warmup"].items()},
        regular_rate=quantity(regular["arrivals"]["rate"]),
        regular=_mail(regular),
        receiver=ReceiverParams(**{key: quantity(value) for key, value in throttle.items()
                                   if key != "model"}))
