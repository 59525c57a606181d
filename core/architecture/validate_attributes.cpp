// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>
#include <unordered_map>

#include "core/architecture/attribute_values.h"
#include "core/architecture/cost_source_names.h"
#include "core/architecture/validate.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

void reportUnknown(const ObjectDeclaration& object, const Attribute& attribute,
                   const ClassSpecification& specification, Problems& problems) {
  std::vector<std::string> names{"class", "at", "note", "colour", "pinned"};
  for (const AttributeSpecification& a : specification.attributes) names.emplace_back(a.name);
  std::string message = std::string(specification.name) + " has no attribute " + inQuotes(attribute.name);
  // What `latency: if(k > 8, 3, 1)` becomes between braces.
  const bool fragment =
      attribute.value.isNull() && attribute.name.find_first_of("0123456789()") != std::string::npos;
  message +=
      fragment ? "; put an expression with commas in quotes" : problems.suggestion(attribute.name, names);
  problems.error(attribute.position, "A0301", std::move(message), object.name);
}

bool isSameText(const YamlNode& a, const YamlNode& b) {
  return a.kind == b.kind && a.position == b.position && a.quoted == b.quoted && a.scalar == b.scalar &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), isSameText) &&
         std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                    [](const YamlNode::Entry& x, const YamlNode::Entry& y) {
                      return x.key == y.key && isSameText(x.value, y.value);
                    });
}

/// Whether nothing but their names tells two objects apart: elements of an array.
bool isAlike(const ObjectDeclaration& a, const ObjectDeclaration& b) {
  return a.objectClass == b.objectClass &&
         std::equal(a.attributes.begin(), a.attributes.end(), b.attributes.begin(), b.attributes.end(),
                    [](const Attribute& x, const Attribute& y) {
                      return x.name == y.name && isSameText(x.value, y.value);
                    });
}

/// Checks attributes one object at a time, and keeps count of what all objects share.
class AttributeChecker {
 public:
  AttributeChecker(const Architecture& architecture, const ParameterMap& parameters, Problems& problems)
      : architecture_(architecture), context_{parameters, problems} {}

  /// Thousands of objects may come from one line: those like one that is sound are sound.
  void check(const ObjectDeclaration& object) {
    const std::uint64_t line = (std::uint64_t{object.position.line} << 32U) | object.position.column;
    const auto known = sound_.find(line);
    if (known != sound_.end() && registers_ + known->second.registers <= mostRegistersInAll &&
        isAlike(object, *known->second.object)) {
      registers_ += known->second.registers;
      return;
    }
    const std::size_t registers = registers_;
    const std::size_t problems = countProblems();
    checkAll(object);
    if (countProblems() == problems) sound_.insert_or_assign(line, Sound{&object, registers_ - registers});
  }

 private:
  struct Sound {
    const ObjectDeclaration* object;
    std::size_t registers;
  };

  [[nodiscard]] std::size_t countProblems() const {
    return context_.problems.count(Severity::Error) + context_.problems.count(Severity::Warning);
  }

  void checkAll(const ObjectDeclaration& object) {
    const ClassSpecification* specification = specificationOf(object.objectClass);
    if (specification == nullptr) {
      // The reader has said so where the class stands; documents made otherwise have no such place.
      if (object.className.empty() && object.position.line == 0) {
        context_.problems.error({1, 1}, "A0203", "object " + inQuotes(object.name) + " has no class",
                                object.name);
      }
      return;
    }
    for (const Attribute& attribute : object.attributes) {
      const AttributeSpecification* a = specification->find(attribute.name);
      if (a == nullptr) {
        reportUnknown(object, attribute, *specification, context_.problems);
      } else {
        checkValue(object, attribute, *a);
      }
    }
    for (const AttributeSpecification& a : specification->attributes) {
      if (!a.required || object.find(a.name) != nullptr) continue;
      context_.problems.error(
          object.position, "A0302",
          std::string(specification->name) + ' ' + inQuotes(object.name) + " needs " + std::string(a.name),
          object.name);
    }
    if (object.objectClass == ObjectClass::SetAssociativeCache) checkTree(object, *specification);
  }

  void checkValue(const ObjectDeclaration& object, const Attribute& attribute,
                  const AttributeSpecification& a) {
    switch (a.type) {
      case AttributeType::Duration:
      case AttributeType::Count:
        if (const auto number = numberValue(a, attribute.value, object, context_);
            number && number->expression) {
          checkImmediates(object, attribute, attribute.value, *number->expression);
        }
        break;
      case AttributeType::Boolean:
        static_cast<void>(booleanValue(a, attribute.value, object, context_));
        break;
      case AttributeType::Choice:
        static_cast<void>(choiceValue(a, attribute.value, object, context_));
        break;
      case AttributeType::Names:
        checkNames(object, attribute, a);
        break;
      case AttributeType::AddressRanges:
        static_cast<void>(rangesValue(a, attribute.value, object, context_));
        break;
      case AttributeType::LatencyMap:
        checkLatencies(object, attribute, a);
        break;
      case AttributeType::Quantity:
        static_cast<void>(quantityValue(a, attribute.value, object, context_));
        checkSourced(object, attribute);
        break;
      case AttributeType::Energy:
        checkEnergy(object, attribute, a);
        checkSourced(object, attribute);
        break;
      case AttributeType::Source:
        checkCostSource(attribute.value, architecture_.costs, object.name, context_.problems);
        break;
      case AttributeType::Figures:
        checkOwnFigures(a, attribute.value, architecture_, object, context_);
        break;
    }
  }

  /// A parameter that is misspelt is taken as an immediate, which no instruction will have.
  void checkImmediates(const ObjectDeclaration& object, const Attribute& attribute, const YamlNode& value,
                       const Expression& expression) {
    constexpr std::size_t shortest = 4;  // shorter names are near to everything
    constexpr std::size_t mostCompared = 5000;
    for (const std::string& name : expression.variables()) {
      if (name.size() < shortest || name == "words" || name == "beats") continue;
      if (context_.parameters.contains(name) || compared_ > mostCompared) continue;
      std::vector<std::string> parameters;
      for (const auto& [parameter, bound] : context_.parameters) parameters.push_back(parameter);
      compared_ += parameters.size();
      const std::string hint = didYouMean(name, parameters);
      if (hint.empty()) continue;
      context_.problems.warning(
          positionWithin(value, columnOf(expression, name)), "A0319",
          attribute.name + ": " + inQuotes(name) + " is no parameter and is taken as an immediate" + hint,
          object.name);
    }
  }

  void checkEnergy(const ObjectDeclaration& object, const Attribute& attribute,
                   const AttributeSpecification& a) {
    const auto energies = energyValue(a, attribute.value, object, context_);
    if (!energies || a.scope != ExpressionScope::Immediates) return;
    for (const auto& [key, energy] : *energies) {
      const YamlNode* value = key.empty() ? &attribute.value : attribute.value.find(key);
      if (energy.expression && value != nullptr)
        checkImmediates(object, attribute, *value, *energy.expression);
    }
  }

  /// No error: blocks may be copied from where their costs have a source to where they have none.
  void checkSourced(const ObjectDeclaration& object, const Attribute& attribute) {
    if (!architecture_.costs.empty()) return;
    context_.problems.warning(
        attribute.position, "A1004",
        attribute.name +
            " does not count, for it has no source: say under costs where it is from, as "
            "in costs: {mine: {source: my own measurements, scale: absolute}}",
        object.name);
  }

  void checkNames(const ObjectDeclaration& object, const Attribute& attribute,
                  const AttributeSpecification& a) {
    // Lists can be long once they are spelt out: enough is enough.
    constexpr std::size_t mostFailures = 100;
    if (registers_ > mostRegistersInAll || failures_ > mostFailures) return;
    const auto names = namesValue(a, attribute.value, object, context_);
    if (!names) ++failures_;
    if (!names || a.name != "registers") return;
    registers_ += names->size();
    if (registers_ <= mostRegistersInAll) return;
    context_.problems.error(
        attribute.value.position, "A0316",
        "an architecture has at most " + std::to_string(mostRegistersInAll) + " registers", object.name);
  }

  void checkLatencies(const ObjectDeclaration& object, const Attribute& attribute,
                      const AttributeSpecification& a) {
    static_cast<void>(latencyMapValue(a, attribute.value, object, context_));
    if (!attribute.value.isMap()) return;
    for (const YamlNode::Entry& entry : attribute.value.entries) {
      const ObjectDeclaration* file = findRegisterFile(entry.key);
      if (file != nullptr) continue;
      std::vector<std::string> names;
      for (const auto& [name, o] : registerFiles_) names.emplace_back(name);
      context_.problems.error(entry.position, "A0317",
                              "result_latency: there is no register file " + inQuotes(entry.key) +
                                  context_.problems.suggestion(entry.key, names),
                              object.name);
    }
  }

  const ObjectDeclaration* findRegisterFile(std::string_view name) {
    if (registerFiles_.empty()) {
      for (const ObjectDeclaration& o : architecture_.objects) {
        if (o.objectClass == ObjectClass::RegisterFile) registerFiles_.try_emplace(o.name, &o);
      }
    }
    const auto found = registerFiles_.find(name);
    return found == registerFiles_.end() ? nullptr : found->second;
  }

  /// The pseudo least recently used policy walks a binary tree of the ways.
  void checkTree(const ObjectDeclaration& object, const ClassSpecification& specification) {
    const Attribute* replacement = object.find("replacement");
    const Attribute* ways = object.find("ways");
    if (replacement == nullptr || ways == nullptr || replacement->value.scalar != "plru") return;
    Problems reported({});  // a bad value has been reported by `checkValue`
    const auto value =
        numberValue(*specification.find("ways"), ways->value, object, {context_.parameters, reported});
    if (!value || std::has_single_bit(static_cast<std::uint64_t>(value->constant))) return;
    context_.problems.error(ways->value.position, "A0308",
                            "ways must be a power of two for plru, found " + std::to_string(value->constant),
                            object.name);
  }

  const Architecture& architecture_;
  ValueContext context_;
  std::size_t registers_ = 0;
  std::size_t compared_ = 0;  ///< immediates with parameters
  std::size_t failures_ = 0;  ///< lists of names with problems
  std::map<std::string_view, const ObjectDeclaration*, std::less<>> registerFiles_;
  std::unordered_map<std::uint64_t, Sound> sound_;  ///< the latest without problems, by where it is written
};

}  // namespace

void validateAttributes(const Architecture& architecture, const ParameterMap& parameters,
                        Problems& problems) {
  AttributeChecker checker(architecture, parameters, problems);
  for (const ObjectDeclaration& object : architecture.objects) checker.check(object);
}

}  // namespace taktwerk
