/// The program behind `./do bench`.

#include "bench/harness/run.h"
#include "bench/rows.h"

int main(int count, char** arguments) {
  const std::vector<const char*> given(arguments + 1, arguments + count);
  return weir::bench::run(given, weir::bench::all_rows());
}
