// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/block_shares.h"

#include "core/analysis/breakdown.h"

namespace taktwerk {

ShownId shownObject(MachineObjectId object, const ObjectTable& objects, const Document& shown) {
  const ObjectId whole = objects.inDocument(object);
  return whole.valid() ? shown.shown->shownAs[whole.index()] : ShownId{};
}

std::vector<double> sharesOf(const NetworkEstimate& estimate, const ObjectTable& objects,
                             const Document& shown) {
  if (estimate.cycles <= 0 || hasErrors(estimate.diagnostics)) return {};
  std::vector<double> shares(shown.shown->objects.size(), 0);
  for (const ObjectShare& each : totalOf(estimate).objects) {
    const ShownId object = shownObject(each.object, objects, shown);
    if (!object.valid()) continue;
    shares[object.index()] +=
        static_cast<double>(each.busy + each.waited) / static_cast<double>(estimate.cycles);
  }
  return shares;
}

std::vector<double> heatOf(const UtilisationTable& table, const ObjectTable& objects, const Document& shown) {
  if (table.blocks.empty()) return {};
  struct Sum {
    double busy = 0, all = 0;
  };
  std::vector<Sum> sums(shown.shown->objects.size());
  for (const BlockUse& block : table.blocks) {
    const ShownId object = shownObject(block.object, objects, shown);
    if (!object.valid()) continue;
    Sum& sum = sums[object.index()];
    sum.busy += static_cast<double>(block.busy);
    sum.all += static_cast<double>(block.busy) + static_cast<double>(block.waiting) +
               static_cast<double>(block.idle);
  }
  std::vector<double> heat;
  heat.reserve(sums.size());
  for (const Sum& sum : sums) heat.push_back(sum.all > 0 ? sum.busy / sum.all : -1);
  return heat;
}

}  // namespace taktwerk
