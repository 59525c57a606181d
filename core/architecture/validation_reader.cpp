// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/validation_reader.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/architecture/attribute_values.h"
#include "core/base/quotes.h"
#include "core/base/whole_number.h"

namespace taktwerk {
namespace {

constexpr double mostPercent = 1e9;

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

class EntryReader {
 public:
  EntryReader(const YamlNode& item, Problems& problems) : item_(item), problems_(problems) {}

  std::optional<DeclaredValidation> run() {
    if (!item_.isMap()) {
      refuse(
          item_, problems_, "A0802",
          "a validation is a map with against, points, mean_error and source, as in {against: RTL, points: "
          "36, mean_error: 4.5 %, source: where it can be read}");
      return std::nullopt;
    }
    validation_.position = item_.entries.empty() ? item_.position : item_.entries.front().position;
    for (const YamlNode::Entry& entry : item_.entries) readField(entry);
    for (const char* key : {"against", "points", "mean_error", "source"}) {
      if (item_.find(key) != nullptr) continue;
      problems_.error(validation_.position, "A0805", "a validation has no " + std::string(key));
      good_ = false;
    }
    const std::optional<double>& largest = validation_.largestError;
    if (good_ && largest && *largest < validation_.meanError) {
      problems_.error(validation_.position, "A0804",
                      "largest_error of a validation must be no less than its mean_error");
      good_ = false;
    }
    return good_ ? std::optional(std::move(validation_)) : std::nullopt;
  }

 private:
  void readField(const YamlNode::Entry& entry) {
    if (entry.key == "against") {
      takeText(entry, validation_.against);
    } else if (entry.key == "source") {
      takeText(entry, validation_.source);
    } else if (entry.key == "note") {
      takeText(entry, validation_.note);
    } else if (entry.key == "points") {
      const auto points = entry.value.isScalar() ? wholeNumber(entry.value.scalar) : std::nullopt;
      validation_.points = points.value_or(0);
      if (validation_.points < 1) bad(entry, "a whole number of at least 1");
    } else if (entry.key == "mean_error") {
      validation_.meanError = percent(entry).value_or(0);
    } else if (entry.key == "largest_error") {
      validation_.largestError = percent(entry);
    } else {
      problems_.error(entry.position, "A0803",
                      "unknown key " + inQuotes(entry.key) + " of a validation" +
                          problems_.suggestion(entry.key, {"against", "points", "mean_error", "largest_error",
                                                           "source", "note"}));
      good_ = false;
    }
  }

  void takeText(const YamlNode::Entry& entry, std::string& into) {
    if (entry.value.isScalar() && !entry.value.scalar.empty()) {
      into = entry.value.scalar;
    } else {
      bad(entry, "a text");
    }
  }

  std::optional<double> percent(const YamlNode::Entry& entry) {
    const auto value = entry.value.isScalar() ? percentIn(entry.value.scalar) : std::nullopt;
    if (!value) bad(entry, "a number of per cent as in 43 % or 44.6 %");
    return value;
  }

  void bad(const YamlNode::Entry& entry, const std::string& right) {
    refuse(entry.value, problems_, "A0804", entry.key + " of a validation must be " + right);
    good_ = false;
  }

  const YamlNode& item_;
  Problems& problems_;
  DeclaredValidation validation_;
  bool good_ = true;
};

}  // namespace

std::optional<double> percentIn(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  text.remove_suffix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = point == std::string_view::npos ? "0" : text.substr(point + 1);
  for (const std::string_view digits : {whole, part}) {
    if (digits.data() == whole.data() && whole.size() > 1 && whole.front() == '0') return std::nullopt;
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), isDigit)) return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value > mostPercent) return std::nullopt;
  return value;
}

std::string percentText(double percent) {
  std::array<char, 400> buffer{};
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), percent, std::chars_format::fixed);
  return std::string(buffer.data(), end) + " %";
}

bool readValidations(const YamlNode& node, std::vector<DeclaredValidation>& validations, Problems& problems) {
  if (node.isNull()) return true;
  if (!node.isSequence()) {
    return refuse(node, problems, "A0801",
                  "validation must be a list as in [{against: RTL, points: 36, mean_error: 4.5 %, source: "
                  "where it can be read}]");
  }
  if (node.items.size() > mostValidations) {
    problems.error(node.position, "A0801",
                   "validation has more than " + std::to_string(mostValidations) + " entries");
    return false;
  }
  bool good = true;
  for (const YamlNode& item : node.items) {
    if (auto validation = EntryReader(item, problems).run()) {
      validations.push_back(std::move(*validation));
    } else {
      good = false;
    }
  }
  return good;
}

}  // namespace taktwerk
