#include "experiments/command/commands.h"
#include "experiments/command/output.h"

namespace weir::experiments {
namespace {

constexpr const char* kScenario =
    R"(# A scenario for weir: who sends, from which addresses, to whom, and what the receiver does.
#
#   weir check my.toml               is it sound?
#   weir run my.toml                 one run: summary here, time series in my.h5
#   weir run my.toml --variants      the variants at the end, side by side
#   weir run my.toml --variants --replications 100     the same over 100 receivers
#   weir explain lane                what there is to set, with defaults and sources
#
# Values carry their units: "24 h", "500/h", "0.3 %", "25 MB".
title = "10,000 messages from a new address"
start = "2026-03-02"
horizon = "14 d"
label = "flat"

# Mail that exists from the start and is held by a plan.
[source.newsletter]
arrivals = { model = "campaign", messages = 10000 }
plan = "warmup"
unknown = "0.5 %"        # share of recipients that do not exist
complaints = "0.05 %"    # share of recipients who report it as spam

# Mail that comes all day and is not held.
[source.daily]
arrivals = { model = "poisson", rate = "20/h" }

# How the held mail is let go. Others: all-at-once, geometric, table (weir presets).
[plan.warmup]
model = "flat"
volume = 10000
days = 10

[address.new]
ip = "192.0.2.10"
domain = "contoso.example"

# The sender's own settings.
[lane]
connection_limit = 10
retry = "postfix"

[site.exchange-online]

# What the receiver does is not disclosed: these are assumptions. A value may be a distribution:
# each receiver of --replications draws it once.
[site.exchange-online.throttle.ip]
model = "history-window"
probation = { dist = "lognormal", median = "9000/d", sigma = 0.5 }
growth = { dist = "lognormal", median = 3.0, sigma = 0.25 }

# What if all of it went at once?
[variant.all-at-once]
plan.warmup = { model = "all-at-once" }
)";

}  // namespace

int init_command() { return write_out(kScenario) ? kDone : kFailed; }

}  // namespace weir::experiments
