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
using Substitution = std::map<std::string, std::string, std::less<>>;

/// The names in a text; `arch.rows` is none of them.
[[nodiscard]] std::set<std::string> namesIn(std::string_view text);
/// The text with each name replaced, in brackets where that is needed.
[[nodiscard]] std::string substituted(std::string_view text, const Substitution& substitution);
/// The same between the brackets of an end or a register: `pe[r + offset].alu`.
[[nodiscard]] std::string substitutedInBrackets(std::string_view text, const Substitution& substitution);

/// Calls `visit` for every text of an entry of `objects:` in which names are parameters: sizes, attributes
/// that are numbers, the brackets of registers, a template's arguments. It may change the text.
void forEachExpression(YamlNode& entry, const std::function<void(std::string&)>& visit);
/// Replaces names in all of these; names of the entry's own indices stay.
void substitute(YamlNode& entry, const Substitution& substitution);
/// Replaces names in the brackets of its ends, its ranges and condition; its own variables stay.
void substitute(ConnectionRule& rule, const Substitution& substitution);

/// What the parameters of a template are in an instance of it: its arguments, or the defaults.
[[nodiscard]] Substitution argumentsOf(const YamlNode& entry, const TemplateDeclaration& declaration);

/// The names of indices of an entry: `index: [r, c]`.
[[nodiscard]] std::set<std::string> indexNames(const YamlNode& entry);
/// Whether a key of an entry of `objects:` is an attribute or argument, not one of those every entry may
/// have.
[[nodiscard]] bool isAttributeKey(std::string_view key);

}  // namespace taktwerk
