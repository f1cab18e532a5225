// What stands for ns3.cc where the build found no ns-3.

#include "bench/peers/ns3.h"

namespace weir::bench::peers {

MakeSide ns3_hold(Ns3Scheduler, const Load&) { return {}; }
MakeSide ns3_mm1(Ns3Scheduler, const Load&) { return {}; }

}  // namespace weir::bench::peers
