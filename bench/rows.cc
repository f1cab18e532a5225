#include "bench/rows.h"

#include <iterator>
#include <span>

#include "bench/agenda/catalogue.h"
#include "bench/chance/catalogue.h"
#include "bench/mail/catalogue.h"
#include "bench/model/catalogue.h"
#include "bench/peers/catalogue.h"

namespace weir::bench {

std::vector<Row> all_rows() {
  std::vector<Row> all;
  for (const auto catalogue : {agenda::catalogue(), model::catalogue(), chance::catalogue(),
                               mail::catalogue(), peers::catalogue()})
    for (const Workload* workload : catalogue) {
      std::vector<Row> rows = workload->rows();
      std::move(rows.begin(), rows.end(), std::back_inserter(all));
    }
  return all;
}

}  // namespace weir::bench
