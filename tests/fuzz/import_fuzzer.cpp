// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as an ONNX model, a SCALE-Sim topology and a SCALE-Sim configuration: importing never crashes or
// hangs, gives a network or a reason, and what is written of the network reads back as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "core/import/onnx_importer.h"
#include "core/import/scalesim_configuration.h"
#include "core/import/scalesim_topology.h"
#include "core/network/network_file.h"
#include "core/network/network_writer.h"

namespace {

void require(bool condition, const char* what) {
  if (condition) return;
  std::cerr << "failed: " << what << '\n';
  std::abort();
}

void check(const taktwerk::Result<taktwerk::Network>& network) {
  require(network.value.has_value() != taktwerk::hasErrors(network.diagnostics), "a network or a reason");
  if (!network) return;
  const std::string text = taktwerk::writeNetwork(*network);
  const auto again = taktwerk::parseNetwork(text, "f");
  if (!again) std::cerr << text << toString(again.diagnostics.front()) << '\n';
  require(again.value.has_value(), "what is written is sound");
  require(taktwerk::writeNetwork(*again) == text, "writing is stable");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(taktwerk::parseOnnx(text, "f.onnx"));
  check(taktwerk::parseScaleSimTopology(text, "f.csv", {}));
  const auto configuration = taktwerk::parseScaleSimConfiguration(text, "f.cfg");
  require(configuration.value.has_value() != taktwerk::hasErrors(configuration.diagnostics),
          "values or a reason");
  return 0;
}
