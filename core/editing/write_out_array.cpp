// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "core/architecture/architecture_file.h"
#include "core/architecture/local_values.h"
#include "core/base/quotes.h"
#include "core/editing/architecture_text.h"
#include "core/editing/edit.h"
#include "core/editing/rule_node.h"
#include "core/editing/substitution.h"
#include "core/editing/write_out.h"

namespace taktwerk {
namespace {

using Kind = YamlChange::Kind;

class ArrayWriter {
 public:
  ArrayWriter(std::string_view text, const std::string& object) : object_(object), edited_(text) {
    Result<Architecture> read = parseArchitecture(text, {});
    if (!read || hasErrors(read.diagnostics)) {
      if (!edited_.refused()) edited_.refuse("the file has problems; mend them first");
      return;
    }
    architecture_ = std::move(*read);
  }

  Result<std::string> run() {
    if (!edited_.refused()) check();
    if (edited_.refused()) return edited_.result();
    writeRules();
    if (!edited_.refused()) writeElements();
    return edited_.result();
  }

 private:
  void check() {
    const YamlNode* object = edited_.object(object_);
    if (object == nullptr || !object->isMap() || object->find("size") == nullptr) {
      return edited_.refuse(inQuotes(object_) + " is no array");
    }
    const auto declared = std::find_if(architecture_.declared.begin(), architecture_.declared.end(),
                                       [&](const DeclaredObject& d) { return d.object.name == object_; });
    Problems problems({});
    const ParameterMap values = resolveParameters(architecture_, {}, problems);
    std::int64_t count = 1;
    for (const ScalarText& size : declared->size) {
      extent_.push_back(wholeValue(size, values, "size", 0, problems).value_or(0));
      count = extent_.back() > static_cast<std::int64_t>(mostWrittenElements) ? extent_.back()
                                                                              : count * extent_.back();
      if (count > static_cast<std::int64_t>(mostWrittenElements)) break;
    }
    if (count == 0) return edited_.refuse(inQuotes(object_) + " has no elements");
    if (count > static_cast<std::int64_t>(mostWrittenElements)) {
      edited_.refuse(inQuotes(object_) + " has more than " + std::to_string(mostWrittenElements) +
                     " elements, too many to write out");
    }
  }

  void writeElements() {
    const YamlNode& object = *edited_.object(object_);
    std::vector<std::string> indices;
    if (const YamlNode* index = object.find("index")) {
      if (index->isScalar()) indices.push_back(index->scalar);
      for (const YamlNode& item : index->items) indices.push_back(item.scalar);
    }
    std::vector<YamlNode::Entry> elements;
    const std::int64_t columns = extent_.size() > 1 ? extent_[1] : 1;
    for (std::int64_t r = 0; r < extent_[0]; ++r) {
      for (std::int64_t c = 0; c < columns; ++c) {
        std::string name = object_ + '[' + std::to_string(r) + ']';
        if (extent_.size() > 1) name += '[' + std::to_string(c) + ']';
        YamlNode element = object;
        element.flow = true;
        for (const char* key : {"size", "index"}) ArchitectureText::eraseKey(element, key);
        ArchitectureText::erasePlace(element);
        Substitution numbers;
        if (!indices.empty()) numbers.emplace(indices[0], std::to_string(r));
        if (indices.size() > 1) numbers.emplace(indices[1], std::to_string(c));
        if (!numbers.empty()) substitute(element, numbers);
        elements.push_back({std::move(name), {}, std::move(element)});
      }
    }
    edited_.replaceObject(object_, elements, indices.empty());
  }

  void writeRules() {
    const std::vector<YamlNode>& items = edited_.connections();
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<const Connection*>> byPosition;
    for (const Connection& c : architecture_.connections) {
      byPosition[{c.position.line, c.position.column}].push_back(&c);
    }
    std::vector<YamlChange> changes;
    std::size_t count = 0, left = items.size();
    for (std::size_t i = 0; i < items.size(); ++i) {
      const YamlNode::Entry* ends = ArchitectureText::endsOf(items[i]);
      if (ends == nullptr || (items[i].find("for") == nullptr && items[i].find("when") == nullptr)) continue;
      const auto concerned = [&](const YamlNode& end) { return edited_.ownerOf(end.scalar) == object_; };
      if (std::none_of(ends->value.items.begin(), ends->value.items.end(), concerned)) continue;
      const auto& written = byPosition[{ends->position.line, ends->position.column}];
      count += written.size();
      if (count > mostWrittenConnections) {
        return edited_.refuse(inQuotes(object_) + " has more than " + std::to_string(mostWrittenConnections) +
                              " connections, too many to write out");
      }
      if (written.empty()) {
        changes.push_back({Kind::Remove, {std::string("connections"), i}, {}});
        --left;
        continue;
      }
      for (std::size_t k = 0; k < written.size(); ++k) {
        ConnectionRule rule;
        rule.kind = written[k]->kind;
        rule.from.text = architecture_.objects[written[k]->from.index()].name;
        rule.to.text = architecture_.objects[written[k]->to.index()].name;
        changes.push_back({k == 0 ? Kind::Set : Kind::Insert,
                           {std::string("connections"), i + (k == 0 ? 0 : 1)},
                           ruleNode(rule)});
      }
    }
    if (left == 0 && !items.empty()) changes = {{Kind::Set, {std::string("connections")}, yamlSequence({})}};
    edited_.step(changes);
  }

  const std::string& object_;
  ArchitectureText edited_;
  Architecture architecture_;
  std::vector<std::int64_t> extent_;
};

}  // namespace

Result<std::string> writeOutArray(std::string_view text, const std::string& object) {
  return ArrayWriter(text, object).run();
}

}  // namespace taktwerk
