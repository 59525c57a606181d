// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/scalesim_configuration.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "core/base/files.h"
#include "core/base/problems.h"
#include "core/base/quotes.h"
#include "core/base/whole_number.h"
#include "core/import/table_lines.h"

namespace taktwerk {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\f\v";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

class ConfigurationReader {
 public:
  explicit ConfigurationReader(const std::string& file) : problems_(file, {.all = 100, .warnings = 50}) {}

  Result<ScaleSimConfiguration> run(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    std::uint32_t number = 0;
    while (!text.empty()) readLine(takeLine(text), ++number);
    for (const char* missing : {"arch.rows", "arch.columns"}) {
      if (result_.parameters.contains(missing) || problems_.hasErrors()) continue;
      error({1, 1}, std::string("there is no ") +
                        (missing == std::string("arch.rows") ? "ArrayHeight" : "ArrayWidth") +
                        "; a SCALE-Sim configuration has it among its [architecture_presets]");
    }
    if (!leftOut_.empty() && !problems_.hasErrors()) {
      warning(
          leftOutAt_,
          leftOut_ + ": the architecture systolic-array has one data memory and no counterpart; left out");
    }
    if (problems_.hasErrors()) return std::move(problems_).takeAsFound();
    return {std::move(result_), std::move(problems_).takeAsFound()};
  }

 private:
  void readLine(std::string_view line, std::uint32_t number) {
    const std::string_view content = trimmed(line);
    if (content.empty() || content.front() == '#' || content.front() == ';' || content.front() == '[') return;
    const std::size_t separator = content.find_first_of(":=");
    if (separator == std::string_view::npos) {
      if (!problems_.hasErrors()) {
        error({number, 1}, "a line is [a section] or \"Name: value\", found " + inQuotes(content));
      }
      return;
    }
    const std::string key = lowered(trimmed(content.substr(0, separator)));
    const std::string_view value = trimmed(content.substr(separator + 1));
    const SourcePosition at{number, static_cast<std::uint32_t>(value.data() - line.data() + 1)};
    if (key == "run_name") {
      result_.name = std::string(value);
    } else if (key == "arrayheight") {
      take("arch.rows", "ArrayHeight", value, at);
    } else if (key == "arraywidth") {
      take("arch.columns", "ArrayWidth", value, at);
    } else if (key == "dataflow" && lowered(value) != "os") {
      warning(at, "the dataflow " + inQuotes(value) + " is left out; systolic-array is output stationary");
    } else if (key == "ifmapsramszkb" || key == "filtersramszkb" || key == "ofmapsramszkb" ||
               key == "bandwidth") {
      leftOut_ += (leftOut_.empty() ? "" : ", ") + std::string(trimmed(content.substr(0, separator)));
      if (leftOutAt_.line == 0) leftOutAt_ = {number, 1};
      if (leftOut_.size() > 200) leftOut_.resize(200);
    }
  }

  void take(const std::string& parameter, const std::string& key, std::string_view text, SourcePosition at) {
    const auto value = wholeNumber(text);
    if (!value || *value < 1) {
      error(at, key + " must be a whole number of at least 1" +
                    (value ? ", is " + std::to_string(*value) : ": " + whyNotWholeNumber(text)));
    } else if (!result_.parameters.emplace(parameter, *value).second) {
      error(at, key + " is there twice");
    }
  }

  void error(SourcePosition at, std::string message) { problems_.error(at, "I0003", std::move(message)); }
  void warning(SourcePosition at, std::string message) { problems_.warning(at, "I0003", std::move(message)); }

  ScaleSimConfiguration result_;
  std::string leftOut_;
  SourcePosition leftOutAt_;
  Problems problems_;
};

}  // namespace

Result<ScaleSimConfiguration> parseScaleSimConfiguration(std::string_view text, const std::string& file) {
  return ConfigurationReader(file).run(text);
}

Result<ScaleSimConfiguration> readScaleSimConfiguration(const std::filesystem::path& path) {
  Result<std::string> text = readFile(path);
  if (!text) return std::move(text.diagnostics);
  return parseScaleSimConfiguration(*text, path.string());
}

}  // namespace taktwerk
