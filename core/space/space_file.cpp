// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/space_file.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/files.h"
#include "core/base/quotes.h"
#include "core/space/judge.h"

namespace taktwerk {
namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view badValues = "S0101", badRange = "S0102", badList = "S0103", badName = "S0105",
                           badAlternative = "S0109";

/// A name, or two with a dot between them: what it belongs to, and itself.
bool isParameterName(const std::string& text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos) return isPlainName(text);
  const std::string owner = text.substr(0, dot);
  return (owner == "arch" || owner == "network" || owner == "mapping") && isPlainName(text.substr(dot + 1));
}

class SpaceReader {
 public:
  explicit SpaceReader(const std::string& file) : reader_(file, 'S') { space_.file = file; }

  Result<Space> run(const YamlNode& root) {
    if (reader_.checkFormat(root, "taktwerk-space/1")) readAll(root);
    const bool failed = reader_.failed();
    Diagnostics diagnostics = reader_.finish();
    if (failed) return diagnostics;
    // Names, circles and sizes.
    Result<SpaceJudge> judged = SpaceJudge::create(space_);
    for (Diagnostic& problem : judged.diagnostics) {
      // What it does not vary itself it may know as a parameter of an architecture.
      if (problem.code != "S0106") diagnostics.push_back(std::move(problem));
    }
    if (hasErrors(diagnostics)) return diagnostics;
    return {std::move(space_), std::move(diagnostics)};
  }

 private:
  void readAll(const YamlNode& root) {
    reader_.checkKeys(root,
                      {"format", "name", "description", "architecture", "network", "mappings", "vary",
                       "derived", "constraints"},
                      "a space");
    if (const YamlNode* node = reader_.find(root, "name", Kind::Scalar, "a space"))
      space_.name = node->scalar;
    if (const YamlNode* node = reader_.find(root, "description", Kind::Scalar, "a space")) {
      space_.description = node->scalar;
    }
    readAlternatives(root, "architecture", Dimension::Of::Architecture);
    readAlternatives(root, "network", Dimension::Of::Network);
    readAlternatives(root, "mappings", Dimension::Of::Mappings);
    if (const YamlNode* node = reader_.find(root, "vary", Kind::Map, "a space")) {
      for (const YamlNode::Entry& entry : node->entries) readDimension(entry);
    }
    if (const YamlNode* node = reader_.find(root, "derived", Kind::Map, "a space")) {
      for (const YamlNode::Entry& entry : node->entries) {
        checkName(entry);
        if (auto value = reader_.expression(entry.value, entry.key)) {
          space_.derived.push_back({entry.key, entry.position, std::move(*value), true});
        }
      }
    }
    if (const YamlNode* node = reader_.find(root, "constraints", Kind::Sequence, "a space")) {
      for (const YamlNode& item : node->items) readConstraint(item);
    }
  }

  void checkName(const YamlNode::Entry& entry) {
    if (isParameterName(entry.key)) return;
    reader_.error(entry.position, badName,
                  "a parameter is \"arch.NAME\", \"network.NAME\", \"mapping.NAME\" or NAME alone, found " +
                      inQuotes(entry.key));
  }

  void readDimension(const YamlNode::Entry& entry) {
    checkName(entry);
    Dimension dimension;
    dimension.name = entry.key;
    dimension.position = entry.position;
    const YamlNode& node = entry.value;
    if (node.isSequence()) {
      dimension.values = listIn(node, entry.key);
    } else if (node.isMap()) {
      reader_.checkKeys(node, {"values", "from", "to", "step", "factor", "when"}, "what is varied");
      if (const YamlNode* values = reader_.find(node, "values", Kind::Sequence, entry.key)) {
        dimension.values = listIn(*values, entry.key);
        for (const char* key : {"from", "to", "step", "factor"}) {
          if (const YamlNode* other = node.find(key)) {
            reader_.error(other->position, badValues,
                          entry.key + " is listed or a range; it has \"values\" and " + inQuotes(key));
          }
        }
      } else {
        dimension.values = rangeIn(node, entry.key);
      }
      if (const YamlNode* when = reader_.find(node, "when", Kind::Scalar, entry.key)) {
        dimension.when = reader_.expression(*when, "when");
      }
    } else {
      reader_.error(node.position, badValues,
                    entry.key + " is varied over a list, [4, 8, 16], or a range, {from: 2, to: 32, step: 2}");
    }
    space_.dimensions.push_back(std::move(dimension));
  }

  std::vector<std::int64_t> listIn(const YamlNode& node, const std::string& name) {
    std::vector<std::int64_t> values;
    std::set<std::int64_t> known;
    values.reserve(node.items.size());
    for (const YamlNode& item : node.items) {
      const auto value = reader_.number(item, name);
      if (!value) continue;
      if (!known.insert(*value).second) {
        reader_.error(item.position, badList, name + " has the value " + std::to_string(*value) + " twice");
      }
      values.push_back(*value);
    }
    if (node.items.empty()) reader_.error(node.position, badList, name + " needs at least one value");
    return values;
  }

  ValueRange rangeIn(const YamlNode& node, const std::string& name) {
    ValueRange range;
    const auto number = [&](const char* key, std::int64_t& value, bool needed) {
      const YamlNode* found =
          needed ? reader_.need(node, key, Kind::Scalar, name) : reader_.find(node, key, Kind::Scalar, name);
      if (found == nullptr) return false;
      const auto read = reader_.number(*found, key);
      if (read) value = *read;
      return read.has_value();
    };
    const bool from = number("from", range.from, true);
    const bool to = number("to", range.to, true);
    const bool step = number("step", range.step, false);
    range.factor = number("factor", range.step, false);
    if (step && range.factor) {
      reader_.error(node.position, badRange, name + " has a step and a factor; take one of the two");
    } else if (std::string wrong = whatIsWrongWith(range); from && to && !wrong.empty()) {
      reader_.error(node.position, badRange, name + ": " + wrong);
    }
    return range;
  }

  void readConstraint(const YamlNode& node) {
    if (node.isScalar()) {
      if (auto condition = reader_.expression(node, "a constraint")) {
        space_.constraints.push_back({std::move(*condition), {}});
      }
      return;
    }
    if (!node.isMap()) {
      reader_.error(node.position, badValues,
                    "a constraint is a condition, or {condition: rows * columns <= 256, reason: …}");
      return;
    }
    reader_.checkKeys(node, {"condition", "reason"}, "a constraint");
    const YamlNode* condition = reader_.need(node, "condition", Kind::Scalar, "a constraint");
    const YamlNode* reason = reader_.find(node, "reason", Kind::Scalar, "a constraint");
    if (condition == nullptr) return;
    if (auto read = reader_.expression(*condition, "a constraint")) {
      space_.constraints.push_back({std::move(*read), reason == nullptr ? std::string() : reason->scalar});
    }
  }

  void readAlternatives(const YamlNode& root, const std::string& key, Dimension::Of of) {
    const YamlNode* node = root.find(key);
    if (node == nullptr || node->isNull()) return;
    Dimension dimension;
    dimension.of = of;
    dimension.name = key;
    dimension.position = node->position;
    const auto isPath = [](const YamlNode& item) { return item.isScalar(); };
    if (node->isScalar()) {
      dimension.alternatives.push_back(alternative(*node));
    } else if (of == Dimension::Of::Mappings && node->isSequence() && !node->items.empty() &&
               std::all_of(node->items.begin(), node->items.end(), isPath)) {
      dimension.alternatives.push_back(oneSet(*node));
    } else if (node->isSequence() && !node->items.empty()) {
      for (const YamlNode& item : node->items) {
        Alternative read = item.isMap() ? named(item, of) : alternative(item);
        const auto& known = dimension.alternatives;
        if (std::any_of(known.begin(), known.end(),
                        [&](const auto& each) { return each.name == read.name; })) {
          reader_.error(item.position, badAlternative,
                        key + " has " + inQuotes(read.name) + " twice; give alternatives names of their own");
        }
        dimension.alternatives.push_back(std::move(read));
      }
    } else {
      reader_.error(node->position, badAlternative,
                    inQuotes(key) + " must be a path or a list of alternatives");
    }
    space_.dimensions.push_back(std::move(dimension));
  }

  std::string path(const YamlNode& node) {
    const auto text = reader_.text(node, "a path");
    if (!text) return {};
    if (text->empty() || text->find('\0') != std::string::npos) {
      reader_.error(node.position, badAlternative, "a path must not be empty or hold a zero byte");
      return {};
    }
    const std::filesystem::path given(*text);
    if (given.is_absolute()) return *text;
    return (std::filesystem::path(space_.file).parent_path() / given).lexically_normal().string();
  }

  /// The name of a file without what says of which kind it is.
  static std::string stemOf(const std::string& path) {
    const std::string name = std::filesystem::path(path).filename().string();
    return name.substr(0, name.find('.'));
  }

  Alternative alternative(const YamlNode& node) {
    Alternative read{{}, {path(node)}, node.position};
    read.name = stemOf(read.files.front());
    return read;
  }

  Alternative oneSet(const YamlNode& node) {
    Alternative read{"mappings", {}, node.position};
    for (const YamlNode& item : node.items) read.files.push_back(path(item));
    return read;
  }

  Alternative named(const YamlNode& node, Dimension::Of of) {
    const bool several = of == Dimension::Of::Mappings;
    const char* key = several ? "files" : "file";
    if (several) {
      reader_.checkKeys(node, {"name", "files"}, "an alternative");
    } else {
      reader_.checkKeys(node, {"name", "file"}, "an alternative");
    }
    Alternative read{{}, {}, node.position};
    const YamlNode* files =
        reader_.need(node, key, several ? Kind::Sequence : Kind::Scalar, "an alternative");
    if (files != nullptr && several) read.files = oneSet(*files).files;
    if (files != nullptr && !several) read.files = {path(*files)};
    if (read.files.empty() && files != nullptr) {
      reader_.error(files->position, badAlternative, "an alternative needs at least one file");
    }
    if (const YamlNode* name = reader_.need(node, "name", Kind::Scalar, "an alternative")) {
      read.name = name->scalar;
    }
    return read;
  }

  DocumentReader reader_;
  Space space_;
};

}  // namespace

Result<Space> parseSpace(std::string_view text, const std::string& file) {
  Result<YamlNode> root = parseYaml(text, file);
  if (!root) return root.diagnostics;
  return SpaceReader(file).run(*root);
}

Result<Space> readSpace(const std::filesystem::path& path) {
  Result<std::string> text = readFile(path);
  if (!text) return text.diagnostics;
  return parseSpace(*text, path.string());
}

}  // namespace taktwerk
