// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/fold.h"

#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

namespace taktwerk {

std::string arrayPath(std::string_view name) {
  std::string path;
  for (const char c : name) {
    if (c < '0' || c > '9' || path.empty() || path.back() != '[') path += c;
  }
  return path;
}

FoldedArchitecture fold(const Architecture& architecture, std::size_t most) {
  FoldedArchitecture result;
  if (!architecture.isGenerated() || architecture.objects.size() <= most) {
    result.architecture = architecture;
    result.elements.assign(architecture.objects.size(), 1);
    return result;
  }
  Architecture& folded = result.architecture;
  folded.file = architecture.file;
  folded.name = architecture.name;
  folded.description = architecture.description;
  folded.parameters = architecture.parameters;
  folded.templates = architecture.templates;
  folded.declared = architecture.declared;
  folded.rules = architecture.rules;
  folded.readOnly = architecture.readOnly;
  std::unordered_map<std::string, ObjectId> firsts;
  std::vector<ObjectId> representative;
  representative.reserve(architecture.objects.size());
  for (const ObjectDeclaration& object : architecture.objects) {
    const ObjectId next{static_cast<std::uint32_t>(folded.objects.size())};
    const auto [first, isNew] = firsts.try_emplace(arrayPath(object.name), next);
    representative.push_back(first->second);
    if (isNew) {
      folded.objects.push_back(object);
      folded.objects.back().id = next;
      result.elements.push_back(0);
    }
    ++result.elements[first->second.index()];
  }
  std::set<std::tuple<ConnectionKind, std::uint32_t, std::uint32_t>> seen;
  for (const Connection& c : architecture.connections) {
    const ObjectId from = representative[c.from.index()];
    const ObjectId to = representative[c.to.index()];
    if (seen.emplace(c.kind, from.value, to.value).second) {
      folded.connections.push_back({c.kind, from, to, c.position, c.via});
    }
  }
  return result;
}

}  // namespace taktwerk
