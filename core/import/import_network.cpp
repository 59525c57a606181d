// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/import_network.h"

#include <algorithm>
#include <cctype>
#include <limits>

#include "core/base/files.h"
#include "core/base/quotes.h"
#include "core/import/onnx_importer.h"
#include "core/import/scalesim_topology.h"
#include "core/network/network_file.h"
#include "core/network/network_writer.h"

namespace taktwerk {

namespace {

constexpr std::int64_t mostBatch = 1'000'000, mostBits = 1024;

std::string endingOf(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending;
}

Diagnostic refused(const std::string& file, std::string message) {
  return {Severity::Error, file, {1, 1}, "I0005", std::move(message), {}};
}

std::optional<Diagnostic> outOfRange(const std::string& file, const ImportOptions& options) {
  const auto check = [&](const char* what, std::int64_t value,
                         std::int64_t most) -> std::optional<Diagnostic> {
    if (value >= 1 && value <= most) return std::nullopt;
    return refused(file, std::string(what) + " must be from 1 to " + std::to_string(most) + ", is " +
                             std::to_string(value));
  };
  if (options.batch) {
    if (auto problem = check("the batch", *options.batch, mostBatch)) return problem;
  }
  if (options.bits) {
    if (auto problem = check("the number of bits", *options.bits, mostBits)) return problem;
  }
  for (const auto& [name, size] : options.axes) {
    const std::string what = "the axis " + inQuotes(name);
    if (auto problem = check(what.c_str(), size, std::int64_t{1} << 40)) return problem;
  }
  return std::nullopt;
}

Result<Network> parseImported(std::string_view bytes, const std::filesystem::path& path,
                              const ImportOptions& options) {
  const std::string file = path.string();
  if (auto problem = outOfRange(file, options)) return std::move(*problem);
  if (endingOf(path) == ".onnx") return parseOnnx(bytes, file, options);
  if (!options.axes.empty()) {
    return refused(file, "a SCALE-Sim topology has no named axes; there is no " +
                             inQuotes(options.axes.begin()->first) + " to give a size (--axis)");
  }
  return parseScaleSimTopology(bytes, file, options);
}

Result<std::string> readImported(const std::filesystem::path& path) {
  if (!isImportable(path)) {
    return refused(path.string(), "only *.onnx and *.csv are imported as networks");
  }
  return readFile(path, endingOf(path) == ".onnx" ? maximumOnnxBytes : maximumDocumentBytes);
}

}  // namespace

bool isImportable(const std::filesystem::path& path) {
  const std::string ending = endingOf(path);
  return ending == ".onnx" || ending == ".csv";
}

Result<Network> importNetwork(const std::filesystem::path& path, const ImportOptions& options) {
  Result<std::string> bytes = readImported(path);
  if (!bytes) return std::move(bytes.diagnostics);
  return parseImported(*bytes, path, options);
}

Result<Network> readAnyNetwork(const std::filesystem::path& path,
                               const std::map<std::string, std::int64_t, std::less<>>& parameters) {
  if (!isImportable(path)) return readNetwork(path, parameters);
  ImportOptions options;
  for (const auto& [name, value] : parameters) {
    if (name != "batch") {
      return refused(path.string(),
                     "an imported network has no parameter " + inQuotes(name) + "; it has \"batch\"");
    }
    options.batch = value;
  }
  return importNetwork(path, options);
}

Result<std::string> importAsText(const std::filesystem::path& path, const ImportOptions& options) {
  Result<std::string> bytes = readImported(path);
  if (!bytes) return std::move(bytes.diagnostics);
  Result<Network> network = parseImported(*bytes, path, options);
  if (!network) return std::move(network.diagnostics);
  const std::int64_t batch = network->parameters.at("batch");
  const auto at = [&](std::int64_t times) {
    ImportOptions more = options;
    more.batch = batch * times;
    return batch <= mostBatch / 3 ? parseImported(*bytes, path, more) : Result<Network>(Diagnostics{});
  };
  if (const Result<Network> doubled = at(2)) {
    std::string text = writeNetwork(*network, &*doubled);
    // Trusted only if it gives the same network for a third batch, too.
    const Result<Network> tripled = at(3);
    const Result<Network> read = parseNetwork(text, path.string(), {{"batch", 3 * batch}});
    if (tripled && read && writeNetwork(*read) == writeNetwork(*tripled)) {
      return {std::move(text), std::move(network.diagnostics)};
    }
  }
  network.diagnostics.push_back(
      {Severity::Warning,
       path.string(),
       {1, 1},
       "I0006",
       "sizes in the model do not follow its batch; it is fixed at " + std::to_string(batch),
       {}});
  return {writeNetwork(*network), std::move(network.diagnostics)};
}

}  // namespace taktwerk
