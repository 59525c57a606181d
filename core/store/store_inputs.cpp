// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store_inputs.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <utility>

#include "core/base/escape.h"
#include "core/base/files.h"
#include "core/base/whole_number.h"

namespace taktwerk {
namespace {

/// Figures of programs that are older or newer are not taken for those of this one.
constexpr std::string_view figuresVersion = "1";

/// A name so that no two look the same: all of it, and where it ends is plain.
std::string distinct(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    appendEscaped(text, c);
  }
  return text += '"';
}

std::string howText(const StudyOptions& options, const Study& study, std::int64_t batch) {
  const EstimateOptions& how = options.how;
  std::string text = "figures " + std::string(figuresVersion) + "\nmethod " +
                     std::string(toString(how.method)) + "\nsearch " + std::to_string(how.search);
  for (const std::int64_t number :
       {how.budget.evaluated, how.budget.full, how.budget.stateWords, how.budget.small}) {
    text += "\nbudget " + std::to_string(number);
  }
  if (batch > 1) text += "\nbatch " + std::to_string(batch);
  if (!options.layer.empty()) text += "\nlayer " + distinct(options.layer);
  for (const auto& [layer, choice] : study.choices) {
    text += "\nchoice " + distinct(layer) + ' ' + distinct(choice.mapping);
    for (const auto& [name, value] : choice.tunables) text += ' ' + name + '=' + std::to_string(value);
  }
  return text;
}

/// Takes a name that `distinct` wrote off the front of a text; none: there is no such name.
std::optional<std::string> takeName(std::string_view& text) {
  if (!text.starts_with('"')) return std::nullopt;
  std::string name;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '"') {
      text.remove_prefix(at + 1);
      return name;
    }
    if (text[at] != '\\') {
      name += text[at];
      continue;
    }
    if (++at == text.size()) break;
    if (text[at] == 'x') {
      unsigned code = 0;
      const char* const digits = text.data() + at + 1;
      if (text.size() - at < 3 || std::from_chars(digits, digits + 2, code, 16).ptr != digits + 2) break;
      name += static_cast<char>(code);
      at += 2;
    } else {
      name += text[at] == 'n' ? '\n' : text[at] == 't' ? '\t' : text[at];
    }
  }
  return std::nullopt;
}

/// `"layer" "mapping" name=value name=value`
bool takeChoice(std::string_view line, std::map<std::string, LayerChoice>& choices) {
  const auto layer = takeName(line);
  if (!layer || !line.starts_with(' ')) return false;
  line.remove_prefix(1);
  auto mapping = takeName(line);
  if (!mapping) return false;
  LayerChoice& choice = choices[*layer];
  choice.mapping = std::move(*mapping);
  while (line.starts_with(' ')) {
    line.remove_prefix(1);
    const std::string_view one = line.substr(0, line.find(' '));
    line.remove_prefix(one.size());
    const std::size_t equals = one.find('=');
    const auto value = equals == std::string_view::npos ? std::nullopt : wholeNumber(one.substr(equals + 1));
    if (!value) return false;
    choice.tunables[std::string(one.substr(0, equals))] = *value;
  }
  return line.empty();
}

std::string howInWords(const StudyOptions& options) {
  std::string text(toString(options.how.method));
  if (options.how.search > 1) text += ", search " + std::to_string(options.how.search);
  if (!options.layer.empty()) text += ", layer " + options.layer;
  return text;
}

/// The names of the alternatives of a study, whose places count up like digits.
std::vector<std::pair<std::string, std::string>> alternativesOf(const Sweep& sweep, std::size_t study) {
  std::vector<std::pair<std::string, std::string>> words;
  if (sweep.judge == nullptr) return words;
  const std::vector<Dimension>& dimensions = sweep.judge->space().dimensions;
  for (auto d = dimensions.rbegin(); d != dimensions.rend(); ++d) {
    if (d->of == Dimension::Of::Parameter) continue;
    words.emplace_back(d->name, d->alternatives[study % d->alternatives.size()].name);
    study /= d->alternatives.size();
  }
  return words;
}

}  // namespace

Result<std::vector<StoredStudy>> storedStudies(const Sweep& sweep, const StudyOptions& options,
                                               StudyMemory& memory, const TextsInPlace& texts) {
  const auto textOf = [&](const std::string& path) -> Result<std::string> {
    if (const auto known = texts.find(path); known != texts.end()) return *known->second;
    return readFile(path);
  };
  std::vector<StoredStudy> all;
  all.reserve(sweep.studies.size());
  for (const Study& study : sweep.studies) {
    StoredStudy stored;
    stored.how = howText(options, study, sweep.batch);
    const auto add = [&](const char* kind, const std::string& path, Result<std::string> text) {
      if (text) stored.inputs.push_back({kind, path, std::move(*text)});
      return std::move(text.diagnostics);
    };
    Diagnostics problems = add("architecture", study.architecture->file, textOf(study.architecture->file));
    if (hasErrors(problems)) return problems;
    if (study.network.text) {
      (void)add("network", study.network.path, *study.network.text);
    } else {
      auto network = memory.networkText(study.network.path);
      if (!network) return std::move(network.diagnostics);
      (void)add("network", study.network.path, **network);
    }
    for (const Mapping& mapping : *study.mappings) {
      problems = add("mapping", mapping.file, textOf(mapping.file));
      if (hasErrors(problems)) return problems;
    }
    stored.words = alternativesOf(sweep, all.size());
    stored.words.emplace_back("how", howInWords(options));
    for (auto& word : wordsOf(stored.inputs)) {
      if (std::none_of(stored.words.begin(), stored.words.end(),
                       [&](const auto& own) { return own.first == word.first; })) {
        stored.words.push_back(std::move(word));
      }
    }
    all.push_back(std::move(stored));
  }
  return all;
}

std::optional<std::map<std::string, LayerChoice>> choicesOfStudy(std::string_view how) {
  constexpr std::string_view begin = "choice ";
  std::map<std::string, LayerChoice> choices;
  while (!how.empty()) {
    const std::string_view line = how.substr(0, how.find('\n'));
    how.remove_prefix(std::min(how.size(), line.size() + 1));
    if (line.starts_with(begin) && !takeChoice(line.substr(begin.size()), choices)) return std::nullopt;
  }
  return choices;
}

std::optional<EstimateOptions> optionsOfStudy(std::string_view how) {
  EstimateOptions options;
  std::vector<std::int64_t*> budget = {&options.budget.evaluated, &options.budget.full,
                                       &options.budget.stateWords, &options.budget.small};
  bool hasMethod = false;
  std::size_t budgets = 0;
  while (!how.empty()) {
    const std::string_view line = how.substr(0, how.find('\n'));
    how.remove_prefix(std::min(how.size(), line.size() + 1));
    const std::string_view word = line.substr(0, line.find(' '));
    const std::string_view rest = line.substr(std::min(line.size(), word.size() + 1));
    const auto number = wholeNumber(rest);
    if (word == "method") {
      for (const Method method :
           {Method::Auto, Method::Full, Method::Simulate, Method::Published, Method::Roofline}) {
        if (rest == toString(method)) options.method = method, hasMethod = true;
      }
    } else if (word == "search" && number) {
      options.search = *number;
    } else if (word == "budget" && number && budgets < budget.size()) {
      *budget[budgets++] = *number;
    } else if (word != "figures" && word != "batch" && word != "choice") {
      return std::nullopt;
    }
  }
  return hasMethod && budgets == budget.size() ? std::optional(options) : std::nullopt;
}

std::string settingsText(const StudySettings& settings) {
  std::string text;
  const auto add = [&](const char* owner, const auto& values) {
    for (const auto& [name, value] : values) {
      if (!text.empty()) text += ' ';
      text += owner + name + '=' + std::to_string(value);
    }
  };
  add("arch.", settings.architecture);
  add("network.", settings.network);
  add("mapping.", settings.tunables);
  return text;
}

std::vector<std::pair<std::string, std::string>> wordsOf(const std::vector<StoredInput>& inputs) {
  std::vector<std::pair<std::string, std::string>> words;
  for (const StoredInput& input : inputs) {
    if (input.kind == "mapping") continue;
    const std::string name = std::filesystem::path(input.path).filename().string();
    words.emplace_back(input.kind, name.substr(0, name.find('.', 1)));
  }
  return words;
}

}  // namespace taktwerk
