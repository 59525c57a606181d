// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/space_edits.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/space/space_file.h"
#include "core/space/space_writer.h"
#include "core/space/vary.h"

namespace taktwerk {

namespace {

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::variant<PlacedExpression, SpaceRefusal> expressionIn(const std::string& text) {
  auto parsed = Expression::parse(text);
  if (auto* error = std::get_if<ExpressionError>(&parsed)) {
    return SpaceRefusal{"column " + std::to_string(error->column) + ": " + error->message};
  }
  return PlacedExpression{std::get<Expression>(std::move(parsed)), {}};
}

std::string withoutBlanks(const std::string& text) {
  std::string result;
  std::copy_if(text.begin(), text.end(), std::back_inserter(result),
               [](char c) { return c != ' ' && c != '\t'; });
  return result;
}

/// "1:8 when rows > 4": the values, and the condition if there is one.
std::variant<Dimension, SpaceRefusal> dimensionFrom(const std::string& name, const std::string& text) {
  const std::size_t when = text.find(" when ");
  const std::string values = withoutBlanks(text.substr(0, when));
  auto parsed = parseVary(name + '=' + (values.empty() ? "?" : values));
  if (auto* problem = std::get_if<VaryProblem>(&parsed)) return SpaceRefusal{std::move(problem->message)};
  Dimension dimension = std::get<Dimension>(std::move(parsed));
  if (when == std::string::npos) return dimension;
  auto condition = expressionIn(trimmed(text.substr(when + 6)));
  if (auto* refusal = std::get_if<SpaceRefusal>(&condition)) return std::move(*refusal);
  dimension.when = std::get<PlacedExpression>(std::move(condition));
  return dimension;
}

/// Whether a text is one of values, and no expression: digits, and what stands between them.
bool looksLikeValues(const std::string& text) {
  const std::string values = withoutBlanks(text.substr(0, text.find(" when ")));
  const bool plain = values.find_first_not_of("0123456789,:*-") == std::string::npos;
  return plain && (values.find_first_of(",:") != std::string::npos ||
                   values.find_first_of("*-", 1) == std::string::npos);
}

/// The place of the `=` behind the name that a line begins with, if it does.
std::optional<std::size_t> assignment(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || text.compare(equals, 2, "==") == 0) return std::nullopt;
  const std::string name = trimmed(text.substr(0, equals));
  const bool isName =
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") ==
      std::string::npos;
  return isName ? std::optional(equals) : std::nullopt;
}

EditedSpace withNewConstraint(Space space, const std::string& text) {
  const std::size_t colon = text.find(':');
  auto condition = expressionIn(trimmed(text.substr(0, colon)));
  if (auto* refusal = std::get_if<SpaceRefusal>(&condition)) return std::move(*refusal);
  space.constraints.push_back({std::get<PlacedExpression>(std::move(condition)),
                               colon == std::string::npos ? std::string() : trimmed(text.substr(colon + 1))});
  return checkedSpace(space);
}

std::string stemOf(const std::string& path) {
  const std::string name = std::filesystem::path(path).filename().string();
  return name.substr(0, name.find('.'));
}

Alternative alternativeOf(const Dimension& dimension, const std::vector<std::string>& files) {
  Alternative made{stemOf(files.front()), files, {}};
  const auto taken = [&](const std::string& name) {
    return std::any_of(dimension.alternatives.begin(), dimension.alternatives.end(),
                       [&](const Alternative& each) { return each.name == name; });
  };
  const std::string stem = made.name;
  for (int number = 2; taken(made.name); ++number) made.name = stem + ' ' + std::to_string(number);
  return made;
}

}  // namespace

EditedSpace checkedSpace(const Space& space) {
  if (space.dimensions.empty() && space.derived.empty() && space.constraints.empty()) return space;
  auto read = parseSpace(writeSpace(space), {});
  for (const Diagnostic& problem : read.diagnostics) {
    if (problem.severity == Severity::Error) return SpaceRefusal{problem.message};
  }
  return std::move(*read);
}

EditedSpace withLine(Space space, const std::string& text) {
  const std::string line = trimmed(text);
  if (line.empty()) return SpaceRefusal{"write a parameter with its values, such as rows = 1:8"};
  const auto equals = assignment(line);
  if (!equals) return withNewConstraint(std::move(space), line);
  const std::string name = trimmed(line.substr(0, *equals)), value = trimmed(line.substr(*equals + 1));
  if (looksLikeValues(value)) {
    auto dimension = dimensionFrom(name, value);
    if (auto* refusal = std::get_if<SpaceRefusal>(&dimension)) return std::move(*refusal);
    space.dimensions.push_back(std::get<Dimension>(std::move(dimension)));
  } else {
    auto expression = expressionIn(value);
    if (auto* refusal = std::get_if<SpaceRefusal>(&expression)) return std::move(*refusal);
    space.derived.push_back({name, {}, std::get<PlacedExpression>(std::move(expression)), true});
  }
  return checkedSpace(space);
}

EditedSpace withValues(Space space, std::size_t dimension, const std::string& text) {
  auto changed = dimensionFrom(space.dimensions[dimension].name, trimmed(text));
  if (auto* refusal = std::get_if<SpaceRefusal>(&changed)) return std::move(*refusal);
  space.dimensions[dimension] = std::get<Dimension>(std::move(changed));
  return checkedSpace(space);
}

EditedSpace withName(Space space, std::size_t dimension, const std::string& name) {
  space.dimensions[dimension].name = trimmed(name);
  return checkedSpace(space);
}

EditedSpace withDerived(Space space, std::size_t derived, const std::string& name,
                        const std::string& expression) {
  auto value = expressionIn(trimmed(expression));
  if (auto* refusal = std::get_if<SpaceRefusal>(&value)) return std::move(*refusal);
  space.derived[derived] = {trimmed(name), {}, std::get<PlacedExpression>(std::move(value)), true};
  return checkedSpace(space);
}

EditedSpace withConstraint(Space space, std::size_t constraint, const std::string& condition,
                           const std::string& reason) {
  auto parsed = expressionIn(trimmed(condition));
  if (auto* refusal = std::get_if<SpaceRefusal>(&parsed)) return std::move(*refusal);
  space.constraints[constraint] = {std::get<PlacedExpression>(std::move(parsed)), trimmed(reason)};
  return checkedSpace(space);
}

EditedSpace withAlternative(Space space, Dimension::Of of, const std::vector<std::string>& files,
                            const std::vector<std::string>& present) {
  auto& all = space.dimensions;
  auto found = std::find_if(all.begin(), all.end(), [of](const Dimension& each) { return each.of == of; });
  if (found == all.end()) {
    Dimension dimension;
    dimension.of = of;
    dimension.name = of == Dimension::Of::Architecture ? "architecture"
                     : of == Dimension::Of::Network    ? "network"
                                                       : "mappings";
    if (!present.empty()) dimension.alternatives.push_back(alternativeOf(dimension, present));
    // Files stand in front of parameters, in the order in which a space is read.
    found = all.insert(std::find_if(all.begin(), all.end(),
                                    [of](const Dimension& each) {
                                      return each.of == Dimension::Of::Parameter || each.of > of;
                                    }),
                       std::move(dimension));
  }
  found->alternatives.push_back(alternativeOf(*found, files));
  return checkedSpace(space);
}

std::string editedText(const Dimension& dimension) {
  std::string text = valuesText(dimension.values);
  if (dimension.when) text += " when " + dimension.when->expression.text();
  return text;
}

}  // namespace taktwerk
