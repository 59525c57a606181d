// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/document_reader.h"

#include <algorithm>
#include <utility>

#include "core/base/quotes.h"
#include "core/base/whole_number.h"
#include "core/base/yaml_reading.h"

namespace taktwerk {
namespace {

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

bool isPlainName(std::string_view text) {
  return !text.empty() && isLetter(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return isLetter(c) || isDigit(c); });
}

void DocumentReader::error(SourcePosition position, std::string_view code, std::string message,
                           std::string object) {
  problems_.error(position, code, std::move(message), std::move(object));
}

void DocumentReader::warning(SourcePosition position, std::string_view code, std::string message,
                             std::string object) {
  problems_.warning(position, code, std::move(message), std::move(object));
}

std::string DocumentReader::shared(int number) const {
  return kind_ + ("000" + std::to_string(number));
}

std::string DocumentReader::hint(const std::string& name, const std::vector<std::string>& candidates) const {
  constexpr std::size_t mostCandidates = 2000;
  return full() || candidates.size() > mostCandidates ? std::string() : didYouMean(name, candidates);
}

void DocumentReader::checkKeys(const YamlNode& map, const std::vector<std::string>& allowed,
                               const std::string& what) {
  for (const YamlNode::Entry& entry : map.entries) {
    if (std::find(allowed.begin(), allowed.end(), entry.key) != allowed.end()) continue;
    std::string hint = didYouMean(entry.key, allowed);
    if (hint.empty()) {
      hint = "; it has ";
      for (std::size_t i = 0; i < allowed.size(); ++i) hint += (i > 0 ? ", " : "") + allowed[i];
    }
    std::string message = what;
    message.append(" has no key ").append(inQuotes(entry.key)).append(hint);
    error(entry.position, shared(1), std::move(message));
  }
}

const YamlNode* DocumentReader::need(const YamlNode& map, std::string_view key, YamlNode::Kind kind,
                                     const std::string& what) {
  const YamlNode* node = map.find(key);
  if (node == nullptr) {
    error(map.position, shared(2), what + " needs " + inQuotes(key) + ", " + describe(kind));
    return nullptr;
  }
  if (node->kind == kind) return node;
  error(node->position, shared(3),
        inQuotes(key) + " must be " + describe(kind) + ", found " + describe(node->kind));
  return nullptr;
}

const YamlNode* DocumentReader::find(const YamlNode& map, std::string_view key, YamlNode::Kind kind,
                                     const std::string& what) {
  const YamlNode* node = map.find(key);
  return node == nullptr || node->isNull() ? nullptr : need(map, key, kind, what);
}

bool DocumentReader::checkFormat(const YamlNode& root, const std::string& expected) {
  if (!root.isMap()) {
    error(root.position, shared(4), "expected a map that begins with format: " + expected);
    return false;
  }
  const YamlNode* format = root.find("format");
  if (format != nullptr && format->isScalar() && format->scalar == expected) return true;
  error(
      format == nullptr ? root.position : format->position, shared(4),
      "format must be " + expected +
          (format != nullptr && format->isScalar() ? ", found " + inQuotes(format->scalar) : std::string{}));
  return false;
}

std::optional<std::string> DocumentReader::text(const YamlNode& node, const std::string& what) {
  if (node.isScalar()) return node.scalar;
  error(node.position, shared(3), what + " must be a value, found " + describe(node.kind));
  return std::nullopt;
}

std::optional<std::string> DocumentReader::identifier(const YamlNode& node, const std::string& what) {
  std::optional<std::string> result = text(node, what);
  if (!result || isPlainName(*result)) return result;
  error(node.position, shared(5),
        what +
            " must be a letter or underscore followed by letters, digits and underscores, "
            "found " +
            inQuotes(*result));
  return std::nullopt;
}

std::optional<std::int64_t> DocumentReader::number(const YamlNode& node, const std::string& what) {
  const std::optional<std::string> source = text(node, what);
  if (!source) return std::nullopt;
  const std::optional<std::int64_t> value = wholeNumber(*source);
  if (!value) error(node.position, shared(6), what + ": " + whyNotWholeNumber(*source));
  return value;
}

std::optional<PlacedExpression> DocumentReader::expression(const YamlNode& node, const std::string& what) {
  const std::optional<std::string> source = text(node, what);
  if (!source) return std::nullopt;
  return expression(*source, textPosition(node));
}

std::optional<PlacedExpression> DocumentReader::expression(std::string_view source, SourcePosition position) {
  auto parsed = Expression::parse(source);
  if (auto* problem = std::get_if<ExpressionError>(&parsed)) {
    PlacedExpression place{{}, position};
    error(place.at(problem->column), shared(7), "in " + inQuotes(source) + ": " + problem->message);
    return std::nullopt;
  }
  return PlacedExpression{std::get<Expression>(std::move(parsed)), position};
}

}  // namespace taktwerk
