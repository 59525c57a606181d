// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/block_query.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <limits>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "core/architecture/class_specification.h"
#include "core/base/diagnostic.h"
#include "core/base/quotes.h"
#include "core/drawing/attribute_text.h"

namespace taktwerk {
namespace {

using Operator = BlockCondition::Operator;

// Longer ones first: "<" begins "<=".
constexpr std::array<std::pair<std::string_view, Operator>, 7> operators{{{"<=", Operator::LessOrEqual},
                                                                          {">=", Operator::GreaterOrEqual},
                                                                          {"!=", Operator::Unequal},
                                                                          {"==", Operator::Equal},
                                                                          {"=", Operator::Equal},
                                                                          {"<", Operator::Less},
                                                                          {">", Operator::Greater}}};

char lowered(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

std::string lowered(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(), [](char c) { return lowered(c); });
  return low;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::optional<std::int64_t> wholeNumber(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Where a word stands by itself in a text of small letters.
std::size_t findWord(const std::string& low, std::string_view word) {
  for (std::size_t at = low.find(word); at != std::string::npos; at = low.find(word, at + 1)) {
    const auto isBlank = [&](std::size_t i) { return i >= low.size() || low[i] == ' '; };
    if ((at == 0 || isBlank(at - 1)) && isBlank(at + word.size())) return at;
  }
  return std::string::npos;
}

std::set<std::string> allAttributes() {
  std::set<std::string> names;
  for (const ClassSpecification& specification : classSpecifications()) {
    for (const AttributeSpecification& each : specification.attributes) names.emplace(each.name);
  }
  return names;
}

std::variant<BlockCondition, std::string> parseCondition(std::string_view text) {
  BlockCondition condition;
  std::string_view name = text;
  for (std::size_t at = 0; at < text.size() && condition.is == Operator::IsSet; ++at) {
    for (const auto& [sign, is] : operators) {
      if (text.substr(at, sign.size()) != sign) continue;
      condition.is = is;
      name = trimmed(text.substr(0, at));
      condition.value = trimmed(text.substr(at + sign.size()));
      break;
    }
  }
  if (name.empty()) return "a condition begins with an attribute: latency >= 2";
  if (condition.is != Operator::IsSet && condition.value.empty())
    return inQuotes(std::string(name)) + " is compared with nothing; write, say, " + std::string(name) +
           " = 1";
  const std::set<std::string> known = allAttributes();
  const std::string low = lowered(name);
  if (known.contains(low)) {
    condition.attributes.push_back(low);
    return condition;
  }
  for (const std::string& each : known) {
    if (each.ends_with('_' + low)) condition.attributes.push_back(each);
  }
  if (condition.attributes.empty()) {
    return "no class has an attribute " + inQuotes(std::string(name)) +
           didYouMean(low, {known.begin(), known.end()});
  }
  return condition;
}

/// Whether a name holds a pattern, in which `*` stands for anything; one without is a part of the name.
bool fits(const std::string& pattern, const std::string& name) {
  if (pattern.find('*') == std::string::npos) return name.find(pattern) != std::string::npos;
  std::size_t p = 0, n = 0, star = std::string::npos, from = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (star != std::string::npos) {
      p = star + 1;
      n = ++from;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string::npos;
}

ObjectClass classOf(const ShownObject& object) {
  const bool arrayOfBlocks = object.group && object.group->templateName.empty();
  return arrayOfBlocks ? object.group->content : object.objectClass;
}

bool isMeant(const ShownObject& object, const std::string& what) {
  if (what.empty()) return true;
  const auto classes = classSpecifications();
  const auto named = std::find_if(classes.begin(), classes.end(),
                                  [&](const ClassSpecification& each) { return lowered(each.name) == what; });
  if (named != classes.end()) return classOf(object) == named->objectClass;
  return fits(what, lowered(object.name)) || lowered(object.className) == what;
}

class Asked {
 public:
  Asked(const FoldedView& shown, const ShownObject& object)
      : shown_(shown), object_(object), specification_(specificationOf(classOf(object))) {}

  [[nodiscard]] bool meets(const BlockCondition& condition) const {
    return std::any_of(condition.attributes.begin(), condition.attributes.end(),
                       [&](const std::string& name) { return meets(condition, name); });
  }

 private:
  [[nodiscard]] bool meets(const BlockCondition& condition, const std::string& name) const {
    const Attribute* written = find(name);
    if (condition.is == Operator::IsSet) return written != nullptr;
    const AttributeSpecification* declared = specification_ ? specification_->find(name) : nullptr;
    if (!written && !declared) return false;
    if (const auto wanted = wholeNumber(condition.value)) {
      const auto value = numberOf(name);
      return value && compare(*value, condition.is, *wanted);
    }
    if (condition.is != Operator::Equal && condition.is != Operator::Unequal) return false;
    return holds(written, declared, lowered(condition.value)) == (condition.is == Operator::Equal);
  }

  [[nodiscard]] const Attribute* find(const std::string& name) const {
    const auto found = std::find_if(object_.attributes.begin(), object_.attributes.end(),
                                    [&](const Attribute& each) { return each.name == name; });
    return found == object_.attributes.end() ? nullptr : &*found;
  }

  [[nodiscard]] std::optional<std::int64_t> numberOf(const std::string& name) const {
    if (const Attribute* written = find(name)) return defaultNumber(shown_.parameters, *written);
    const AttributeSpecification* declared = specification_ ? specification_->find(name) : nullptr;
    if (!declared) return std::nullopt;
    if (declared->defaultText == "no limit") return std::numeric_limits<std::int64_t>::max();
    constexpr std::string_view sameAs = "= ";
    if (!declared->defaultText.starts_with(sameAs)) return wholeNumber(declared->defaultText);
    const std::string other(declared->defaultText.substr(sameAs.size()));
    return other == name ? std::nullopt : numberOf(other);
  }

  /// A word, or one of a list or the keys of a map.
  [[nodiscard]] static bool holds(const Attribute* written, const AttributeSpecification* declared,
                                  const std::string& value) {
    if (!written) return lowered(declared->defaultText) == value;
    const YamlNode& node = written->value;
    if (node.isScalar()) return lowered(node.scalar) == value;
    return std::any_of(node.items.begin(), node.items.end(),
                       [&](const YamlNode& each) { return lowered(each.scalar) == value; }) ||
           std::any_of(node.entries.begin(), node.entries.end(),
                       [&](const YamlNode::Entry& each) { return lowered(each.key) == value; });
  }

  [[nodiscard]] static bool compare(std::int64_t value, Operator is, std::int64_t wanted) {
    switch (is) {
      case Operator::IsSet:
        return true;
      case Operator::Equal:
        return value == wanted;
      case Operator::Unequal:
        return value != wanted;
      case Operator::Less:
        return value < wanted;
      case Operator::LessOrEqual:
        return value <= wanted;
      case Operator::Greater:
        return value > wanted;
      case Operator::GreaterOrEqual:
        return value >= wanted;
    }
    return false;
  }

  const FoldedView& shown_;
  const ShownObject& object_;
  const ClassSpecification* specification_;
};

}  // namespace

std::variant<BlockQuery, std::string> parseBlockQuery(const std::string& text) {
  BlockQuery query;
  std::string_view rest = trimmed(text);
  if (rest.empty()) return "write a class, a name or a condition";
  const std::string low = lowered(rest);
  std::size_t with = findWord(low, "with");
  if (with == std::string::npos) with = findWord(low, "where");
  if (with != std::string::npos) {
    query.what = trimmed(std::string_view(low).substr(0, with));
    rest = trimmed(rest.substr(rest.find_first_of(" \t", with) == std::string_view::npos
                                   ? rest.size()
                                   : rest.find_first_of(" \t", with)));
    if (rest.empty()) return "after \"with\" stands a condition: latency >= 2";
  } else if (rest.find_first_of("<>=!") == std::string_view::npos) {
    query.what = low;
    return query;
  }
  while (true) {
    const std::size_t next = findWord(lowered(rest), "and");
    auto condition = parseCondition(trimmed(rest.substr(0, next)));
    if (auto* problem = std::get_if<std::string>(&condition)) return std::move(*problem);
    query.conditions.push_back(std::move(std::get<BlockCondition>(condition)));
    if (next == std::string::npos) return query;
    constexpr std::size_t lengthOfAnd = 3;
    rest = rest.substr(next + lengthOfAnd);
  }
}

std::vector<ShownId> blocksMeant(const FoldedView& shown, const BlockQuery& query) {
  std::vector<ShownId> meant;
  for (const ShownObject& object : shown.objects) {
    if (!isMeant(object, query.what)) continue;
    const Asked asked(shown, object);
    if (std::all_of(query.conditions.begin(), query.conditions.end(),
                    [&](const BlockCondition& each) { return asked.meets(each); }))
      meant.push_back(object.shown);
  }
  return meant;
}

}  // namespace taktwerk
