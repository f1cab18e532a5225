#include "experiments/capacity/setting_names.h"

namespace weir::experiments {

std::string SettingNames::lane(const std::string& pool, const std::string& key) const {
  const Setting* pools = root_.find("pool");
  const Setting* own = pools != nullptr ? pools->find(pool) : nullptr;
  const Setting* lane = own != nullptr ? own->find("lane") : nullptr;
  // What paces a lane is a model of its own, unless its settings stand in the lane itself.
  const bool own_control = lane != nullptr && lane->find("control") != nullptr;
  const Setting* all = root_.find("lane");
  const bool control = own_control || (all != nullptr && all->find("control") != nullptr);
  const bool says = own_control || (lane != nullptr && lane->find(key) != nullptr);
  return (says ? "pool." + pool + "." : "") + (control ? "lane.control." : "lane.") + key;
}

std::string SettingNames::plan(const std::string& source) const {
  const Setting* sources = root_.find("source");
  const Setting* own = sources != nullptr ? sources->find(source) : nullptr;
  const Setting* plan = own != nullptr ? own->find("plan") : nullptr;
  const bool names = plan != nullptr && plan->string() != nullptr;
  return names ? "plan." + *plan->string() : "plan";
}

}  // namespace weir::experiments
