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

}  // namespace taktwerk
