// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/workspace.h"

#include <algorithm>

#include "core/base/document_reader.h"
#include "core/base/files.h"
#include "core/base/quotes.h"
#include "core/space/sample.h"
#include "core/study/workspace_scalar.h"

namespace taktwerk {

namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view badPath = "W0101", badParameter = "W0102", twoStudies = "W0103",
                           badResult = "W0104", badSweep = "W0105";

class WorkspaceReader {
 public:
  explicit WorkspaceReader(const std::string& file) : reader_(file, 'W') { workspace_.file = file; }

  Result<Workspace> run(const YamlNode& root) {
    if (reader_.checkFormat(root, "taktwerk-workspace/1")) {
      reader_.checkKeys(root,
                        {"format", "architecture", "network", "trace", "mappings", "parameters", "layers",
                         "results", "baseline", "sweep"},
                        "a workspace");
      if (const YamlNode* node = reader_.need(root, "architecture", Kind::Scalar, "a workspace")) {
        workspace_.architecture = path(*node);
      }
      if (const YamlNode* node = reader_.find(root, "network", Kind::Scalar, "a workspace")) {
        workspace_.network = path(*node);
      }
      if (const YamlNode* node = reader_.find(root, "trace", Kind::Scalar, "a workspace")) {
        workspace_.trace = path(*node);
        if (!workspace_.network.empty()) {
          reader_.error(node->position, twoStudies,
                        "a workspace is of a network or of a trace; it names both");
        }
      }
      if (const YamlNode* node = reader_.find(root, "mappings", Kind::Sequence, "a workspace")) {
        for (const YamlNode& item : node->items) workspace_.mappings.push_back(path(item));
      }
      if (const YamlNode* node = reader_.find(root, "parameters", Kind::Map, "a workspace")) {
        readParameters(*node);
      }
      if (const YamlNode* node = reader_.find(root, "layers", Kind::Map, "a workspace")) readLayers(*node);
      if (const YamlNode* node = reader_.find(root, "results", Kind::Sequence, "a workspace")) {
        for (const YamlNode& item : node->items) readResult(item);
      }
      if (const YamlNode* node = reader_.find(root, "baseline", Kind::Scalar, "a workspace")) {
        readBaseline(*node);
      }
      if (const YamlNode* node = reader_.find(root, "sweep", Kind::Map, "a workspace")) readSweep(*node);
    }
    const bool failed = reader_.failed();
    Diagnostics diagnostics = reader_.finish();
    if (failed) return diagnostics;
    return {std::move(workspace_), std::move(diagnostics)};
  }

 private:
  std::string path(const YamlNode& node) {
    const std::optional<std::string> text = reader_.text(node, "a path");
    if (!text) return {};
    if (text->empty() || text->find('\0') != std::string::npos) {
      reader_.error(node.position, badPath, "a path must not be empty or hold a zero byte");
    }
    return *text;
  }

  void readParameters(const YamlNode& map) {
    for (const YamlNode::Entry& entry : map.entries) {
      const bool known = entry.key.starts_with("arch.") || entry.key.starts_with("network.") ||
                         entry.key.starts_with("mapping.");
      if (!known) {
        reader_.error(entry.position, badParameter,
                      "a parameter is \"arch.NAME\", \"network.NAME\" or \"mapping.NAME\", found " +
                          taktwerk::inQuotes(entry.key));
        continue;
      }
      if (const auto value = reader_.number(entry.value, entry.key))
        workspace_.parameters[entry.key] = *value;
    }
  }

  void readLayers(const YamlNode& map) {
    for (const YamlNode::Entry& entry : map.entries) {
      LayerChoice& choice = workspace_.layers[entry.key];
      if (!entry.value.isMap()) {
        reader_.error(entry.value.position, badParameter,
                      "a layer's choice is a map with \"mapping\" and \"tunables\"", entry.key);
        continue;
      }
      reader_.checkKeys(entry.value, {"mapping", "tunables"}, "a layer's choice");
      if (const YamlNode* node = reader_.find(entry.value, "mapping", Kind::Scalar, "a layer's choice")) {
        choice.mapping = node->scalar;
      }
      const YamlNode* tunables = reader_.find(entry.value, "tunables", Kind::Map, "a layer's choice");
      if (!tunables) continue;
      for (const YamlNode::Entry& tunable : tunables->entries) {
        if (const auto value = reader_.number(tunable.value, tunable.key))
          choice.tunables[tunable.key] = *value;
      }
    }
  }

  [[nodiscard]] bool hasResult(const std::string& title) const {
    const auto& results = workspace_.results;
    return std::any_of(results.begin(), results.end(),
                       [&](const WorkspaceResult& each) { return each.title == title; });
  }

  void readResult(const YamlNode& node) {
    if (!node.isMap()) {
      reader_.error(node.position, badResult, "a result is a map with \"file\" and \"title\"");
      return;
    }
    reader_.checkKeys(node, {"file", "title"}, "a result");
    WorkspaceResult result;
    if (const YamlNode* file = reader_.need(node, "file", Kind::Scalar, "a result"))
      result.file = path(*file);
    result.title = std::filesystem::path(result.file).stem().string();
    if (const YamlNode* title = reader_.find(node, "title", Kind::Scalar, "a result")) {
      result.title = title->scalar;
    }
    if (hasResult(result.title)) {
      reader_.error(
          node.position, badResult,
          "there is a result " + taktwerk::inQuotes(result.title) + " already; titles are different");
    }
    workspace_.results.push_back(std::move(result));
  }

  void readBaseline(const YamlNode& node) {
    workspace_.baseline = node.scalar;
    if (hasResult(node.scalar)) return;
    reader_.error(node.position, badResult,
                  "the baseline is the title of a result; there is no " + taktwerk::inQuotes(node.scalar));
  }

  void readSweep(const YamlNode& node) {
    WorkspaceSweep& sweep = workspace_.sweep;
    reader_.checkKeys(node, {"space", "sample", "seed", "store", "views"}, "a sweep");
    if (const YamlNode* space = reader_.find(node, "space", Kind::Scalar, "a sweep")) {
      sweep.space = space->scalar;
    }
    if (const YamlNode* sample = reader_.find(node, "sample", Kind::Scalar, "a sweep")) {
      sweep.sample = sample->scalar;
      if (!parseSample(sweep.sample)) {
        reader_.error(sample->position, badSweep,
                      "a sample is random:N or lhs:N with N from 1 to " + std::to_string(largestSample) +
                          ", found " + inQuotes(sweep.sample));
      }
    }
    if (const YamlNode* seed = reader_.find(node, "seed", Kind::Scalar, "a sweep")) {
      const auto value = reader_.number(*seed, "seed");
      if (value && *value < 0) {
        reader_.error(seed->position, badSweep, "a seed is 0 or more, found " + std::to_string(*value));
      }
      sweep.seed = value.value_or(0);
    }
    if (const YamlNode* store = reader_.find(node, "store", Kind::Scalar, "a sweep")) {
      sweep.store = path(*store);
    }
    if (const YamlNode* views = reader_.find(node, "views", Kind::Sequence, "a sweep")) {
      sweep.views = readViews(reader_, *views);
    }
  }

  DocumentReader reader_;
  Workspace workspace_;
};

/// A text of several lines as a block below its key, where YAML gives it back as it is; else in quotes.
std::string block(const std::string& text, const std::string& indent) {
  const bool plain = text.size() > 1 && text.back() == '\n' && text[text.size() - 2] != '\n' &&
                     text.front() != ' ' && text.front() != '\n' &&
                     text.find_first_of("\t\r") == std::string::npos && text.find('\0') == std::string::npos;
  if (!plain) return ' ' + workspaceScalar(text) + '\n';
  std::string lines = " |\n";
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    if (end > begin) lines += indent + text.substr(begin, end - begin);
    lines += '\n';
    begin = end + 1;
  }
  return lines;
}

std::string sweepText(const WorkspaceSweep& sweep) {
  if (sweep.isEmpty()) return {};
  std::string text = "sweep:\n";
  if (!sweep.space.empty()) text += "  space:" + block(sweep.space, "    ");
  if (!sweep.sample.empty()) text += "  sample: " + workspaceScalar(sweep.sample) + "\n";
  if (sweep.seed != 0) text += "  seed: " + std::to_string(sweep.seed) + "\n";
  if (!sweep.store.empty()) text += "  store: " + workspaceScalar(sweep.store) + "\n";
  return text + viewsText(sweep.views);
}

}  // namespace

std::filesystem::path Workspace::resolve(const std::string& path) const {
  std::filesystem::path given(path);
  if (given.is_absolute()) return given;
  return (std::filesystem::path(file).parent_path() / given).lexically_normal();
}

Result<Workspace> parseWorkspace(std::string_view text, const std::string& file) {
  Result<YamlNode> root = parseYaml(text, file);
  if (!root) return root.diagnostics;
  return WorkspaceReader(file).run(*root);
}

Result<Workspace> readWorkspace(const std::filesystem::path& path) {
  Result<std::string> text = readFile(path);
  if (!text) return text.diagnostics;
  return parseWorkspace(*text, path.string());
}

std::string writeWorkspace(const Workspace& workspace) {
  std::string text =
      "format: taktwerk-workspace/1\narchitecture: " + workspaceScalar(workspace.architecture) + "\n";
  if (!workspace.network.empty()) text += "network: " + workspaceScalar(workspace.network) + "\n";
  if (!workspace.trace.empty()) text += "trace: " + workspaceScalar(workspace.trace) + "\n";
  if (!workspace.mappings.empty()) text += "mappings:\n";
  for (const std::string& mapping : workspace.mappings) text += "  - " + workspaceScalar(mapping) + "\n";
  if (!workspace.parameters.empty()) text += "parameters:\n";
  for (const auto& [name, value] : workspace.parameters) {
    text += "  " + workspaceScalar(name) + ": " + std::to_string(value) + "\n";
  }
  if (!workspace.layers.empty()) text += "layers:\n";
  for (const auto& [name, choice] : workspace.layers) {
    text += "  " + workspaceScalar(name) + ":";
    if (choice.mapping.empty() && choice.tunables.empty()) text += " {}";
    text += "\n";
    if (!choice.mapping.empty()) text += "    mapping: " + workspaceScalar(choice.mapping) + "\n";
    if (!choice.tunables.empty()) text += "    tunables:\n";
    for (const auto& [tunable, value] : choice.tunables) {
      text += "      " + workspaceScalar(tunable) + ": " + std::to_string(value) + "\n";
    }
  }
  if (!workspace.results.empty()) text += "results:\n";
  for (const WorkspaceResult& result : workspace.results) {
    text +=
        "  - file: " + workspaceScalar(result.file) + "\n    title: " + workspaceScalar(result.title) + "\n";
  }
  if (!workspace.baseline.empty()) text += "baseline: " + workspaceScalar(workspace.baseline) + "\n";
  return text + sweepText(workspace.sweep);
}

}  // namespace taktwerk
