// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>
#include <utility>

#include "core/base/document_reader.h"
#include "core/base/files.h"
#include "core/base/quotes.h"
#include "core/mapping/condition_parameters.h"
#include "core/mapping/fitting.h"
#include "core/mapping/mapping.h"
#include "core/mapping/mapping_document.h"
#include "core/mapping/omissions.h"
#include "core/mapping/program_reader.h"
#include "core/mapping/value_reader.h"
#include "core/network/operators.h"

namespace taktwerk {
namespace {

using Kind = YamlNode::Kind;

constexpr std::size_t mostSteps = 12;
constexpr std::string_view badTakes = "M0121", badRequirement = "M0122", badTunable = "M0123",
                           badStorage = "M0125", badOverlap = "M0126", badResult = "M0127",
                           badStandsFor = "M0128";

class MappingReader {
 public:
  MappingReader(std::string_view text, const std::string& file)
      : reader_(file, 'M'),
        names_(reader_, document_),
        values_(reader_, names_, document_),
        program_(reader_, names_, document_) {
    document_.file = file;
    document_.content = Digester().add(text).add(file).digest();
  }

  Result<Mapping> run(const YamlNode& root) {
    if (reader_.checkFormat(root, "taktwerk-mapping/1")) readRoot(root);
    const bool failed = reader_.failed();
    Diagnostics diagnostics = reader_.finish();
    if (failed) return diagnostics;
    markConditionsOnTunables(document_);
    document_.omissions = omissionsOf(document_);
    findParameters();
    document_.conditionParameters = conditionParametersOf(document_);
    for (Diagnostic omission : document_.omissions) {
      omission.severity = Severity::Warning;  // the mapping takes no layer; others may
      diagnostics.push_back(std::move(omission));
    }
    const Diagnostics undecided = undecidedOf(document_);
    diagnostics.insert(diagnostics.end(), undecided.begin(), undecided.end());
    Mapping mapping{document_.name, document_.file, nullptr};
    mapping.document = std::make_shared<const MappingDocument>(std::move(document_));
    return {std::move(mapping), std::move(diagnostics)};
  }

 private:
  void findParameters() {
    std::set<std::string> names;
    for (const ExternalName& external : document_.externals) {
      const bool mayBe = external.kind == ExternalName::Kind::Architecture ||
                         external.kind == ExternalName::Kind::DimensionOrArchitecture;
      if (mayBe) names.insert(external.key);
    }
    for (const StandsFor& each : document_.standsFor) {
      for (const auto* part : {&each.products, &each.results}) {
        if (*part)
          names.insert((*part)->expression.variables().begin(), (*part)->expression.variables().end());
      }
    }
    document_.parameters.assign(names.begin(), names.end());
  }

  void readRoot(const YamlNode& root) {
    reader_.checkKeys(root,
                      {"format", "name", "description", "takes", "requires", "tunables", "values", "tensors",
                       "buffers", "program", "overlap", "result", "stands_for"},
                      "a mapping");
    if (const YamlNode* name = reader_.need(root, "name", Kind::Scalar, "a mapping"))
      document_.name = name->scalar;
    if (const YamlNode* text = reader_.find(root, "description", Kind::Scalar, "a mapping")) {
      document_.description = text->scalar;
    }
    readTakes(root);
    if (reader_.failed()) return;  // without operators no name can be told
    if (const YamlNode* tunables = reader_.find(root, "tunables", Kind::Map, "a mapping"))
      readTunables(*tunables);
    // Names of tensors first, so that values may use words(tensor).
    const YamlNode* tensors = reader_.find(root, "tensors", Kind::Map, "a mapping");
    const YamlNode* buffers = reader_.find(root, "buffers", Kind::Map, "a mapping");
    if (tensors != nullptr) declareStorages(*tensors, true);
    if (buffers != nullptr) declareStorages(*buffers, false);
    if (const YamlNode* values = reader_.find(root, "values", Kind::Map, "a mapping")) values_.read(*values);
    std::uint32_t index = 0;
    if (tensors != nullptr) index = readStorages(*tensors, index, true);
    if (buffers != nullptr) readStorages(*buffers, index, false);
    if (const YamlNode* list = reader_.find(root, "requires", Kind::Sequence, "a mapping"))
      readRequirements(*list);
    if (const YamlNode* program = reader_.need(root, "program", Kind::Sequence, "a mapping")) {
      document_.program = program_.readList(*program);
      document_.programPosition = program->position;
    }
    if (const YamlNode* overlap = reader_.find(root, "overlap", Kind::Scalar, "a mapping")) {
      document_.overlapNext = overlap->scalar == "next";
      if (!document_.overlapNext) reader_.error(overlap->position, badOverlap, "overlap can only be next");
    }
    readResult(root);
    if (const YamlNode* whole = reader_.find(root, "stands_for", Kind::Map, "a mapping"))
      readStandsFor(*whole);
  }

  void readResult(const YamlNode& root) {
    const YamlNode* result = reader_.find(root, "result", Kind::Scalar, "a mapping");
    if (result == nullptr) return;
    document_.inPlace = true;
    if (result->scalar != "in place") {
      reader_.error(result->position, badResult, "result can only be in place");
    } else if (!changesShapesOnly(document_)) {
      reader_.error(result->position, badResult,
                    "only layers that change nothing but a shape (flatten, reshape) leave their result in "
                    "place");
    } else if (!document_.program.empty()) {
      reader_.error(result->position, badResult, "a result that stays in place needs an empty program");
    }
  }

  void readStandsFor(const YamlNode& map) {
    for (const YamlNode::Entry& entry : map.entries) {
      StandsFor whole{entry.key, std::nullopt, std::nullopt, entry.position};
      if (!entry.value.isMap() || entry.value.entries.empty()) {
        reader_.error(entry.position, badStandsFor,
                      "an operation stands for a map: {products: C * K, results: K}, over its immediates");
        continue;
      }
      reader_.checkKeys(entry.value, {"products", "results"}, "what an operation stands for");
      if (const YamlNode* node = entry.value.find("products"))
        whole.products = reader_.expression(*node, "products");
      if (const YamlNode* node = entry.value.find("results"))
        whole.results = reader_.expression(*node, "results");
      document_.standsFor.push_back(std::move(whole));
    }
  }

  void checkOperator(const YamlNode& node, ChainStep& step) {
    const std::optional<std::string> name = reader_.text(node, "an operator");
    if (!name) return;
    const OperatorSpecification* specification = findOperator(*name);
    if (specification == nullptr) {
      reader_.error(node.position, badTakes,
                    "unknown operator " + inQuotes(*name) + didYouMean(*name, operatorNames()));
    } else {
      step.operators.push_back(specification->name);
    }
  }

  void readOperators(const YamlNode& node, ChainStep& step) {
    step.position = node.position;
    if (!node.isSequence()) return checkOperator(node, step);
    for (const YamlNode& item : node.items) checkOperator(item, step);
    if (node.items.empty()) reader_.error(node.position, badTakes, "takes needs at least one operator");
  }

  void readTakes(const YamlNode& root) {
    const YamlNode* takes = root.find("takes");
    if (takes == nullptr) {
      return reader_.error(root.position, "M0002",
                           "a mapping needs \"takes\": an operator, a list of them, or a chain of steps");
    }
    const bool chain = takes->isSequence() && std::any_of(takes->items.begin(), takes->items.end(),
                                                          [](const YamlNode& item) { return item.isMap(); });
    if (!chain) {
      ChainStep step;
      readOperators(*takes, step);
      step.alias = step.operators.empty() ? "layer" : step.operators.front();
      document_.steps.push_back(std::move(step));
      return;
    }
    if (takes->items.size() > mostSteps) {
      return reader_.error(takes->position, badTakes,
                           "a chain has at most " + std::to_string(mostSteps) + " steps");
    }
    std::set<std::string> aliases{"arch"};
    for (const YamlNode& item : takes->items) readStep(item, aliases);
    if (!document_.steps.empty() && document_.steps.front().optional) {
      reader_.error(takes->items.front().position, badTakes, "the first step of a chain cannot be optional");
    }
  }

  void readStep(const YamlNode& item, std::set<std::string>& aliases) {
    if (!item.isMap()) {
      return reader_.error(item.position, badTakes,
                           "a step of a chain is a map: {operator: relu, as: act, optional: true}");
    }
    reader_.checkKeys(item, {"operator", "as", "optional"}, "a step");
    ChainStep step;
    const YamlNode* operators = item.find("operator");
    if (operators == nullptr) {
      return reader_.error(item.position, badTakes, "a step needs \"operator\"");
    }
    readOperators(*operators, step);
    step.alias = step.operators.empty() ? "layer" : step.operators.front();
    if (const YamlNode* as = item.find("as")) step.alias = reader_.identifier(*as, "as").value_or(step.alias);
    if (!aliases.insert(step.alias).second) {
      reader_.error(item.position, badTakes,
                    "the name " + inQuotes(step.alias) + " is taken; give this step another one with as");
    }
    if (const YamlNode* optional = item.find("optional")) {
      step.optional = optional->scalar == "true";
      if (optional->scalar != "true" && optional->scalar != "false") {
        reader_.error(optional->position, badTakes, "optional must be true or false");
      }
    }
    document_.steps.push_back(std::move(step));
  }

  std::optional<CompiledExpression> compiled(const YamlNode& node, const std::string& what) {
    const auto placed = reader_.expression(node, what);
    if (!placed) return std::nullopt;
    return names_.compiled(*placed);
  }

  std::optional<CompiledExpression> compiled(const YamlNode& map, const std::string& key,
                                             const std::string& what) {
    const YamlNode* node = map.find(key);
    if (node == nullptr || node->isNull()) return std::nullopt;
    return compiled(*node, what + " " + key);
  }

  void readTunables(const YamlNode& tunables) {
    for (const YamlNode::Entry& entry : tunables.entries) {
      TunableDeclaration tunable;
      tunable.name = entry.key;
      tunable.position = entry.position;
      if (!isPlainName(entry.key) || !entry.value.isMap()) {
        reader_.error(
            entry.position, badTunable,
            "a tunable is an identifier with a map: default, and values or minimum, maximum and step");
        continue;
      }
      reader_.checkKeys(entry.value, {"default", "values", "minimum", "maximum", "step", "description"},
                        "a tunable");
      if (const YamlNode* node = reader_.need(entry.value, "default", Kind::Scalar, "a tunable")) {
        if (auto value = compiled(*node, "default")) tunable.defaultValue = std::move(*value);
      }
      if (const YamlNode* node = reader_.find(entry.value, "values", Kind::Sequence, "a tunable")) {
        for (const YamlNode& item : node->items) {
          if (auto value = compiled(item, "a legal value")) tunable.values.push_back(std::move(*value));
        }
      }
      tunable.minimum = compiled(entry.value, "minimum", entry.key);
      tunable.maximum = compiled(entry.value, "maximum", entry.key);
      tunable.step = compiled(entry.value, "step", entry.key);
      if (tunable.values.empty() == !(tunable.minimum && tunable.maximum)) {
        reader_.error(entry.position, badTunable,
                      "tunable " + entry.key + " needs either values, or minimum and maximum");
      }
      if (const YamlNode* node = entry.value.find("description")) tunable.description = node->scalar;
      tunable.slot = names_.define(entry.key, entry.position);
      document_.tunables.push_back(std::move(tunable));
    }
  }

  void readRequirements(const YamlNode& list) {
    for (const YamlNode& item : list.items) {
      if (!item.isMap()) {
        reader_.error(item.position, badRequirement,
                      "a requirement is a map: {condition: groups == 1, reason: groups are not supported}");
        continue;
      }
      reader_.checkKeys(item, {"condition", "reason"}, "a requirement");
      const YamlNode* condition = reader_.need(item, "condition", Kind::Scalar, "a requirement");
      const YamlNode* reason = reader_.need(item, "reason", Kind::Scalar, "a requirement");
      if (condition == nullptr || reason == nullptr) continue;
      if (auto value = compiled(*condition, "condition"))
        document_.requirements.push_back({std::move(*value), reason->scalar, false});
    }
  }

  void declareStorages(const YamlNode& map, bool tensors) {
    for (const YamlNode::Entry& entry : map.entries) {
      StorageDeclaration storage;
      storage.name = entry.key;
      storage.position = entry.position;
      if (!names_.declareStorage(entry.key, static_cast<std::uint32_t>(document_.storages.size()))) {
        reader_.error(entry.position, badStorage, inQuotes(entry.key) + " is both a tensor and a buffer");
      }
      if (tensors) {
        storage.operand = names_.operandNamed(entry.key);
        if (!storage.operand) {
          const std::vector<std::string> known = names_.operandNames();
          std::string hint = didYouMean(entry.key, known);
          if (hint.empty()) {
            hint = "; it has ";
            for (std::size_t i = 0; i < known.size(); ++i) hint += (i > 0 ? ", " : "") + known[i];
          }
          reader_.error(entry.position, badStorage,
                        "the mapping's operators have no tensor " + inQuotes(entry.key) + hint);
        }
      } else if (!isPlainName(entry.key)) {
        reader_.error(
            entry.position, badStorage,
            "a buffer's name is a letter or underscore followed by letters, digits and underscores");
      }
      document_.storages.push_back(std::move(storage));
    }
  }

  std::uint32_t readStorages(const YamlNode& map, std::uint32_t index, bool tensors) {
    for (const YamlNode::Entry& entry : map.entries) {
      StorageDeclaration& storage = document_.storages[index++];
      const std::string what = (tensors ? "tensor " : "buffer ") + inQuotes(entry.key);
      if (!entry.value.isMap()) {
        reader_.error(entry.value.position, badStorage, what + " must be a map, at least {memory: name}");
        continue;
      }
      if (tensors) {
        reader_.checkKeys(
            entry.value, {"memory", "base", "align", "order", "halo", "pitches", "pack", "axes", "addresses"},
            "a tensor");
      } else {
        reader_.checkKeys(entry.value, {"memory", "base", "align", "shape", "copies", "holds", "addresses"},
                          "a buffer");
        readHolds(entry.value, storage);
      }
      if (const YamlNode* memory = reader_.need(entry.value, "memory", Kind::Scalar, what)) {
        storage.memory = memory->scalar;
        storage.memoryPosition = memory->position;
      }
      readAddresses(entry.value, storage);
      storage.base = compiled(entry.value, "base", what);
      storage.align = compiled(entry.value, "align", what);
      storage.pack = compiled(entry.value, "pack", what);
      storage.copies = compiled(entry.value, "copies", what);
      if (tensors)
        readTensorAxes(entry.value, storage);
      else
        readBufferShape(entry.value, storage, what);
    }
    return index;
  }

  void readHolds(const YamlNode& node, StorageDeclaration& storage) {
    const YamlNode* holds = reader_.find(node, "holds", Kind::Scalar, "a buffer");
    if (holds == nullptr) return;
    storage.holds = names_.operandNamed(holds->scalar);
    if (storage.holds) return;
    reader_.error(holds->position, badStorage,
                  "the mapping's operators have no tensor " + inQuotes(holds->scalar) +
                      didYouMean(holds->scalar, names_.operandNames()));
  }

  void readAddresses(const YamlNode& node, StorageDeclaration& storage) {
    const YamlNode* addresses = reader_.find(node, "addresses", Kind::Scalar, "a tensor");
    if (addresses == nullptr) return;
    const auto& tensor = storage.operand ? storage.operand : storage.holds;
    storage.simplified = addresses->scalar == "simplified" && tensor.has_value();
    if (storage.simplified) return;
    reader_.error(addresses->position, badStorage, "addresses can only be simplified, and only of a tensor");
  }

  void readTensorAxes(const YamlNode& node, StorageDeclaration& storage) {
    if (const YamlNode* order = reader_.find(node, "order", Kind::Sequence, "a tensor")) {
      for (const YamlNode& item : order->items) {
        if (auto letter = reader_.text(item, "an axis")) storage.order.push_back(std::move(*letter));
      }
    }
    if (const YamlNode* axes = reader_.find(node, "axes", Kind::Map, "a tensor")) {
      for (const YamlNode::Entry& entry : axes->entries) {
        if (auto extent = compiled(entry.value, entry.key)) {
          storage.axes.push_back({entry.key, std::move(*extent), {}, entry.position});
        }
      }
    }
    if (const YamlNode* pitches = reader_.find(node, "pitches", Kind::Map, "a tensor")) {
      for (const YamlNode::Entry& entry : pitches->entries) {
        if (auto pitch = compiled(entry.value, entry.key)) {
          storage.pitches.push_back({entry.key, std::move(*pitch), {}, entry.position});
        }
      }
    }
    if (const YamlNode* halo = reader_.find(node, "halo", Kind::Map, "a tensor")) {
      for (const YamlNode::Entry& entry : halo->entries) {
        if (!entry.value.isSequence() || entry.value.items.size() != 2) {
          reader_.error(entry.value.position, badStorage, "a halo is [elements before, elements after]");
          continue;
        }
        auto before = compiled(entry.value.items[0], "the halo before");
        auto after = compiled(entry.value.items[1], "the halo after");
        if (before && after)
          storage.halo.push_back({entry.key, std::move(*before), std::move(*after), entry.position});
      }
    }
  }

  void readBufferShape(const YamlNode& node, StorageDeclaration& storage, const std::string& what) {
    const YamlNode* shape = reader_.need(node, "shape", Kind::Sequence, what);
    if (shape == nullptr) return;
    for (const YamlNode& item : shape->items) {
      if (auto extent = compiled(item, "an extent"))
        storage.axes.push_back({"", std::move(*extent), {}, item.position});
    }
    if (shape->items.empty() || shape->items.size() >= mostAxesOfStorage) {
      reader_.error(shape->position, badStorage,
                    "a buffer has from 1 to " + std::to_string(mostAxesOfStorage - 1) + " axes");
    }
  }

  DocumentReader reader_;
  MappingDocument document_;
  NameScope names_;
  ValueReader values_;
  ProgramReader program_;
};

}  // namespace

Result<Mapping> parseMapping(std::string_view text, const std::string& file) {
  Result<YamlNode> document = parseYaml(text, file);
  if (!document) return std::move(document.diagnostics);
  return MappingReader(text, file).run(*document);
}

Result<Mapping> readMapping(const std::filesystem::path& path) {
  Result<std::string> text = readFile(path);
  if (!text) return std::move(text.diagnostics);
  return parseMapping(*text, path.string());
}

std::vector<std::filesystem::path> mappingFilesIn(const std::filesystem::path& folder) {
  constexpr std::string_view ending = ".mapping.yaml";
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.size() > ending.size() && name.ends_with(ending)) files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::filesystem::path> mappingFilesBeside(const std::filesystem::path& architectureFile) {
  return mappingFilesIn(architectureFile.parent_path() / "mappings");
}

Result<std::vector<Mapping>> readMappingsBeside(const std::filesystem::path& architectureFile) {
  std::vector<Mapping> mappings;
  Diagnostics diagnostics;
  for (const std::filesystem::path& file : mappingFilesBeside(architectureFile)) {
    Result<Mapping> mapping = readMapping(file);
    std::move(mapping.diagnostics.begin(), mapping.diagnostics.end(), std::back_inserter(diagnostics));
    if (mapping) mappings.push_back(std::move(*mapping));
  }
  if (hasErrors(diagnostics)) return diagnostics;
  return {std::move(mappings), std::move(diagnostics)};
}

}  // namespace taktwerk
