// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/expression.h"
#include "core/base/problems.h"
#include "core/base/yaml.h"

namespace taktwerk {

/// An expression with its place in a file.
struct PlacedExpression {
  Expression expression = Expression::constant(0);
  SourcePosition position;  ///< of its first character

  /// Where a column of the expression's own text stands in the file (exact for texts of one line).
  [[nodiscard]] SourcePosition at(std::uint32_t column) const {
    return {position.line, position.column + (column > 0 ? column - 1 : 0)};
  }
};

/// What readers of the project's YAML formats share: collects problems, checks kinds and keys, reads
/// names, numbers and expressions. Every function that returns nothing has reported why.
///
///     DocumentReader reader(file, 'N');
///     reader.checkKeys(root, {"format", "name"}, "a network");
///     if (const YamlNode* name = reader.need(root, "name", YamlNode::Kind::Scalar, "a network")) …
class DocumentReader {
 public:
  /// `kind` is the first letter of this format's diagnostic codes; what this class finds itself has the
  /// numbers 0001 to 0007 behind it, in every format with the same meaning.
  DocumentReader(std::string file, char kind) : kind_(kind), problems_(std::move(file), {.all = 200}) {}

  void error(SourcePosition position, std::string_view code, std::string message, std::string object = {});
  void warning(SourcePosition position, std::string_view code, std::string message, std::string object = {});

  /// Reports keys other than `allowed` ("a layer has no key "dimension"; did you mean …").
  void checkKeys(const YamlNode& map, const std::vector<std::string>& allowed, const std::string& what);
  /// The value of a key of the given kind, or nothing: missing and of another kind are reported.
  const YamlNode* need(const YamlNode& map, std::string_view key, YamlNode::Kind kind,
                       const std::string& what);
  /// As `need`, but a missing key or an empty value is fine.
  const YamlNode* find(const YamlNode& map, std::string_view key, YamlNode::Kind kind,
                       const std::string& what);
  /// Checks `format: expected` of a document's root, which must be a map.
  bool checkFormat(const YamlNode& root, const std::string& expected);

  std::optional<std::string> text(const YamlNode& node, const std::string& what);
  /// An identifier: a letter or underscore, then letters, digits, underscores.
  std::optional<std::string> identifier(const YamlNode& node, const std::string& what);
  std::optional<std::int64_t> number(const YamlNode& node, const std::string& what);
  std::optional<PlacedExpression> expression(const YamlNode& node, const std::string& what);
  std::optional<PlacedExpression> expression(std::string_view source, SourcePosition position);

  /// `didYouMean`, but only while more problems are taken down and not among thousands of names, so that
  /// files full of mistakes stay cheap.
  [[nodiscard]] std::string hint(const std::string& name, const std::vector<std::string>& candidates) const;
  /// Enough problems for one file: further ones are dropped.
  [[nodiscard]] bool full() const { return problems_.full(); }

  [[nodiscard]] const std::string& file() const { return problems_.file(); }
  [[nodiscard]] bool failed() const { return hasErrors(problems_.kept()); }
  [[nodiscard]] std::size_t problems() const { return problems_.kept().size(); }
  [[nodiscard]] Diagnostics finish() { return std::move(problems_).take(); }

 private:
  [[nodiscard]] std::string shared(int number) const;  ///< code of a problem that every format can have

  char kind_;
  Problems problems_;
};

[[nodiscard]] bool isPlainName(std::string_view text);

}  // namespace taktwerk
