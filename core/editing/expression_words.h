// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "core/architecture/architecture.h"
#include "core/base/yaml.h"

namespace taktwerk {

/// Names in expressions and what stands for them: the arguments of a template's parameters, as text.
using ExpressionWords = std::map<std::string, std::string, std::less<>>;

/// The names in a text; `arch.rows` is none of them.
[[nodiscard]] std::set<std::string> wordsOf(std::string_view text);
/// The text with each name replaced, in brackets where that is needed.
[[nodiscard]] std::string withWords(std::string_view text, const ExpressionWords& words);
/// The same between the brackets of an end or a register: `pe[r + offset].alu`.
[[nodiscard]] std::string withWordsInBrackets(std::string_view text, const ExpressionWords& words);

/// Calls `visit` for every text of an entry of `objects:` in which names are parameters: sizes, attributes
/// that are numbers, the brackets of registers, a template's arguments. It may change the text.
void forEachExpression(YamlNode& entry, const std::function<void(std::string&)>& visit);
/// Replaces names in all of these; names of the entry's own indices stay.
void replaceWords(YamlNode& entry, const ExpressionWords& words);
/// Replaces names in the brackets of its ends, its ranges and condition; its own variables stay.
void replaceWords(ConnectionRule& rule, const ExpressionWords& words);

/// What the parameters of a template are in an instance of it: its arguments, or the defaults.
[[nodiscard]] ExpressionWords argumentsOf(const YamlNode& entry, const TemplateDeclaration& declaration);

/// The names of indices of an entry: `index: [r, c]`.
[[nodiscard]] std::set<std::string> indexNames(const YamlNode& entry);
/// Whether a key of an entry of `objects:` is an attribute or argument, not one of those every entry may
/// have.
[[nodiscard]] bool isAttributeKey(std::string_view key);

}  // namespace taktwerk
