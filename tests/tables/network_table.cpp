// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iostream>
#include <set>
#include <stdexcept>

#include "tests/archs/shipped.h"
#include "tests/tables/tables.h"

namespace taktwerk::tables {
namespace {

/// Names of the folders of archs, or of the networks.
std::vector<std::string> namesIn(const std::string& folder, const std::string& ending) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(test::sourcePath(folder))) {
    const std::string name = entry.path().filename().string();
    if (ending.empty() ? std::filesystem::exists(entry.path() / (name + ".arch.yaml"))
                       : name.ends_with(ending))
      names.push_back(name.substr(0, name.size() - ending.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// The fastest of a few runs, as the machine may have had something else to do.
NetworkEstimate estimated(const test::Shipped& on, const Network& network) {
  NetworkEstimate best = test::estimate(on, network);
  for (int again = 0; again < 4 && best.seconds < 0.5; ++again) {
    NetworkEstimate next = test::estimate(on, network);
    if (next.seconds < best.seconds) best = std::move(next);
  }
  return best;
}

std::string unmapped(const NetworkEstimate& estimate, std::size_t layers) {
  if (estimate.unmapped.empty()) return "";
  std::set<std::string> operators;
  for (const UnmappedLayer& layer : estimate.unmapped) operators.insert(layer.operatorName);
  std::string text = std::to_string(estimate.unmapped.size()) + " of " + std::to_string(layers) + ':';
  for (const std::string& name : operators) text += (text.ends_with(':') ? " " : ", ") + name;
  return text;
}

}  // namespace

std::vector<std::string> networkRow(const std::string& architecture, const std::string& network) {
  const Network content = test::shippedNetwork(network);
  const NetworkEstimate estimate = estimated(test::shipped(architecture), content);
  const std::string missing = unmapped(estimate, content.layers.size());
  if (!estimate.diagnostics.empty()) throw std::runtime_error(estimate.diagnostics.front().message);
  std::int64_t evaluated = 0, macs = 0;
  for (const LayerEstimate& layer : estimate.layers) {
    evaluated += layer.evaluatedIterations;
    macs += layer.macs;
  }
  if (macs == 0) return {};
  return {architecture,
          network,
          grouped(estimate.instructions),
          (estimate.complete ? "" : "≥ ") + grouped(estimate.cycles),
          estimate.exact ? "yes" : "no",
          grouped(evaluated),
          fixed(estimate.seconds, 4),
          missing};
}

std::string networkTable() {
  std::vector<std::vector<std::string>> rows{{"architecture", "network", "instructions", "cycles", "exact",
                                              "evaluated bodies", "seconds", "layers not mapped"}};
  for (const std::string& architecture : namesIn("archs", "")) {
    std::string none;
    for (const std::string& name : namesIn("resources/networks", ".network.yaml")) {
      std::cerr << architecture << ", " << name << '\n';
      auto row = networkRow(architecture, name);
      if (row.empty()) {
        none += (none.empty() ? "" : ", ") + name;
      } else {
        rows.push_back(std::move(row));
      }
    }
    if (!none.empty())
      rows.push_back({architecture, none, "", "", "", "", "", "all convolutions and products"});
  }
  return markdown(rows, {"instructions", "cycles", "evaluated bodies", "seconds"});
}

}  // namespace taktwerk::tables
