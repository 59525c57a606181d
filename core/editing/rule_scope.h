// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// The names that rules of an architecture, or of one of its templates, can use.
class RuleScope {
 public:
  struct Entry {
    std::string_view name;
    ObjectClass objectClass = ObjectClass::Unknown;
    std::string_view templateName;  ///< empty: of a class
    std::vector<std::string> size;

    [[nodiscard]] bool hasParts() const { return !templateName.empty(); }
  };
  /// `element[r][c + 1].alu` taken apart.
  struct End {
    const Entry* entry = nullptr;
    std::vector<std::string> indices;
    std::string part;
  };

  /// The architecture must outlive this. `inTemplate` empty: its own; no such template: no names.
  explicit RuleScope(const Architecture& architecture, std::string_view inTemplate = {});

  [[nodiscard]] const Architecture& architecture() const { return architecture_; }
  [[nodiscard]] const std::string& inTemplate() const { return inTemplate_; }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const Entry* find(std::string_view name) const;
  [[nodiscard]] std::optional<End> end(std::string_view text) const;
  /// Its rules as text; of a file without arrays its connections.
  [[nodiscard]] std::vector<ConnectionRule> rules() const;
  /// Whether an index of this name would hide a parameter.
  [[nodiscard]] bool isParameter(std::string_view name) const;

  /// A block within an instance.
  struct Part {
    std::string path;
    ObjectClass objectClass = ObjectClass::Unknown;
  };
  /// Every block of an instance, those of instances within it too, without those of arrays within it. Of an
  /// entry of a class itself.
  [[nodiscard]] std::vector<Part> partsOf(const Entry& entry) const;

 private:
  const Architecture& architecture_;
  std::string inTemplate_;
  const TemplateDeclaration* template_ = nullptr;
  std::vector<Entry> entries_;
  std::unordered_map<std::string_view, std::size_t> byName_;
};

[[nodiscard]] const TemplateDeclaration* findTemplate(const Architecture& architecture,
                                                      std::string_view name);

}  // namespace taktwerk
