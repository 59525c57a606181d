// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/folding/fold.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace taktwerk {
namespace {

using Index = std::pair<std::int64_t, std::int64_t>;
using Entries = std::unordered_map<std::string_view, const DeclaredObject*>;

/// One index, `[12]`, off the front of a name.
std::int64_t takeIndex(std::string_view& rest) {
  std::int64_t value = 0;
  if (rest.empty() || rest.front() != '[') return value;
  const std::size_t close = std::min(rest.find(']'), rest.size() - 1);
  std::from_chars(rest.data() + 1, rest.data() + close, value);
  rest.remove_prefix(close + 1);
  return value;
}

/// A step of a name from a group into the next: the entry it begins with.
struct Step {
  const DeclaredObject* entry = nullptr;
  std::size_t length = 0;  // of the entry's name
};

/// What counts most for what a group is for.
int rankOf(ObjectClass c) {
  switch (c) {
    case ObjectClass::InstructionFetchStage:
      return 7;
    case ObjectClass::MemoryAccessUnit:
      return 6;
    case ObjectClass::FunctionalUnit:
      return 5;
    case ObjectClass::Dram:
    case ObjectClass::Sram:
    case ObjectClass::Memory:
    case ObjectClass::SetAssociativeCache:
      return 4;
    case ObjectClass::RegisterFile:
      return 3;
    case ObjectClass::ExecuteStage:
    case ObjectClass::PipelineStage:
      return 2;
    default:
      return 1;
  }
}

class Folder {
 public:
  Folder(const Architecture& architecture, const Expansion& expansion)
      : whole_(architecture), expansion_(expansion) {
    entries_[nullptr] = index(architecture.declared);
    for (const TemplateDeclaration& t : architecture.templates) templates_.try_emplace(t.name, &t);
    result_.name = architecture.name;
    result_.parameters = architecture.parameters;
  }

  FoldedView run() {
    const bool anyArrayOpen = !expansion_.arraysClosed || !expansion_.exceptions.empty();
    if (anyArrayOpen) {  // which elements an open array shows depends on how many there are
      for (const ObjectDeclaration& object : whole_.objects) measure(object.name);
    }
    result_.shownAs.reserve(whole_.objects.size());
    elements_.reserve(whole_.objects.size());
    for (const ObjectDeclaration& object : whole_.objects) place(object);
    connect();
    return std::move(result_);
  }

 private:
  struct Scope {
    const TemplateDeclaration* in = nullptr;
    ShownId group = {};
    std::size_t depth = 0;
    std::size_t at = 0;  // where in the name it goes on
  };

  static Entries index(const std::vector<DeclaredObject>& declared) {
    Entries entries;
    for (const DeclaredObject& d : declared) entries.try_emplace(d.object.name, &d);
    return entries;
  }

  const Entries& entriesOf(const TemplateDeclaration* t) {
    const auto [known, fresh] = entries_.try_emplace(t);
    if (fresh && t != nullptr) known->second = index(t->objects);
    return known->second;
  }

  /// The entry that the rest of a name begins with; a block of a class only when it is all of the rest.
  Step step(const TemplateDeclaration* in, std::string_view rest) {
    const Entries& entries = entriesOf(in);
    for (std::size_t at = rest.find_first_of("[."); at != std::string_view::npos;
         at = rest.find_first_of("[.", at + 1)) {
      const auto found = entries.find(rest.substr(0, at));
      if (found == entries.end()) continue;
      const DeclaredObject& d = *found->second;
      if (rest[at] == '[' ? !d.size.empty() : d.size.empty() && !d.templateName.text.empty()) {
        return {found->second, at};
      }
    }
    const auto all = entries.find(rest);
    return {all != entries.end() ? all->second : nullptr, rest.size()};
  }

  [[nodiscard]] bool isOpen(std::string_view path, bool array, std::size_t depth) const {
    const auto exception = expansion_.exceptions.find(path);
    if (exception != expansion_.exceptions.end()) return exception->second;
    return depth < expansion_.depth && !(array && expansion_.arraysClosed);
  }

  const TemplateDeclaration* templateOf(const DeclaredObject& d) const {
    const auto found = templates_.find(d.templateName.text);
    return found != templates_.end() ? found->second : nullptr;
  }

  /// Extents of the open arrays a name goes through.
  void measure(std::string_view name) {
    Scope scope;
    while (scope.at < name.size()) {
      const Step next = step(scope.in, name.substr(scope.at));
      if (next.entry == nullptr || next.length == name.size() - scope.at) return;
      const DeclaredObject& d = *next.entry;
      std::size_t end = scope.at + next.length;
      if (!d.size.empty()) {
        const std::string_view path = name.substr(0, end);
        if (!isOpen(path, true, scope.depth)) return;
        const auto [first, second] = takeElement(name, end, d);
        Index& extents = extents_[path];
        extents.first = std::max(extents.first, first + 1);
        extents.second = std::max(extents.second, second + 1);
        ++scope.depth;
      }
      if (end >= name.size() || d.templateName.text.empty()) return;
      if (!isOpen(name.substr(0, end), false, scope.depth)) return;
      scope = {templateOf(d), {}, scope.depth + 1, end + 1};
      if (scope.in == nullptr) return;
    }
  }

  /// The indices at `end` of a name, which moves behind them.
  static Index takeElement(std::string_view name, std::size_t& end, const DeclaredObject& d) {
    std::string_view rest = name.substr(end);
    Index element;
    element.first = takeIndex(rest);
    if (d.size.size() > 1) element.second = takeIndex(rest);
    end = name.size() - rest.size();
    return element;
  }

  static bool shows(std::int64_t element, std::int64_t extent) {
    return extent <= mostShownElements || element < firstShownElements || element + 1 == extent;
  }

  /// The object that stands for a group; made when its first block comes.
  ShownId group(std::string_view path, ShownGroup::Kind kind, const DeclaredObject& d, const Scope& scope,
                bool element, ObjectClass content) {
    const auto known = groups_.find(path);
    ShownId id{};
    if (known != groups_.end()) {
      id = known->second;
    } else {
      ShownObject object;
      object.name = std::string(path);
      object.className = d.templateName.text.empty() ? d.object.className : d.templateName.text;
      object.position = d.object.position;
      object.attributes = d.object.attributes;
      if (!element) {  // of an element the array around it has them
        object.at = d.object.at;
        object.pinned = d.object.pinned;
        object.note = d.object.note;
        object.colour = d.object.colour;
      }
      ShownGroup shown;
      shown.kind = kind;
      shown.templateName = d.templateName.text;
      shown.entry = d.object.name;
      shown.inTemplate = scope.in != nullptr ? scope.in->name : std::string();
      shown.depth = scope.depth;
      shown.open = isOpen(path, kind == ShownGroup::Kind::Array, scope.depth);
      if (kind == ShownGroup::Kind::Array) shown.extents.assign(d.size.size(), 0);
      object.group = std::move(shown);
      id = add(std::move(object), scope.group);
      groups_.emplace(result_.objects.back().name, id);
    }
    ShownGroup& shown = groupOf(id);
    ++shown.objects;
    if (shown.content == ObjectClass::Unknown || rankOf(content) > rankOf(shown.content)) {
      shown.content = content;
    }
    return id;
  }

  ShownId add(ShownObject object, ShownId parent) {
    object.shown = ShownId{static_cast<std::uint32_t>(result_.objects.size())};
    object.parent = parent;
    result_.objects.push_back(std::move(object));
    return result_.objects.back().shown;
  }

  ShownGroup& groupOf(ShownId id) { return *result_.objects[id.index()].group; }

  void show(ShownId id, Index element = {-1, -1}) {
    result_.shownAs.push_back(id);
    elements_.push_back(element);
  }

  void place(const ObjectDeclaration& object) {
    const std::string_view name = object.name;
    Scope scope;
    while (true) {
      const Step next = step(scope.in, name.substr(scope.at));
      std::size_t end = scope.at + next.length;
      if (next.entry == nullptr || end == name.size()) return leaf(object, next.entry, scope);
      const DeclaredObject& d = *next.entry;
      const bool array = !d.size.empty();
      if (array) {
        const ShownId id =
            group(name.substr(0, end), ShownGroup::Kind::Array, d, scope, false, object.objectClass);
        const Index element = takeElement(name, end, d);
        ShownGroup& shown = groupOf(id);
        shown.extents[0] = std::max(shown.extents[0], element.first + 1);
        if (d.size.size() > 1) shown.extents[1] = std::max(shown.extents[1], element.second + 1);
        if (!shown.open) return show(id, element);
        const Index extents = extents_[result_.objects[id.index()].name];
        if (!shows(element.first, extents.first) || !shows(element.second, extents.second)) return show(id);
        scope.group = id;
        ++scope.depth;
        if (end >= name.size() || d.templateName.text.empty()) return leaf(object, nullptr, scope);
      }
      const ShownId id =
          group(name.substr(0, end), ShownGroup::Kind::Instance, d, scope, array, object.objectClass);
      if (!groupOf(id).open) return show(id);
      const TemplateDeclaration* inner = templateOf(d);
      if (inner == nullptr || end >= name.size()) return leaf(object, nullptr, scope);
      scope = {inner, id, scope.depth + 1, end + 1};
    }
  }

  void leaf(const ObjectDeclaration& object, const DeclaredObject* entry, const Scope& scope) {
    ShownObject shown{object, {}, {}, {}};
    if (entry != nullptr && entry->size.empty()) {  // of a part: as its template says
      shown.at = entry->object.at;
      shown.pinned = entry->object.pinned;
    }
    show(add(std::move(shown), scope.group));
  }

  [[nodiscard]] bool isWithin(ShownId inner, ShownId outer) const {
    for (ShownId at = inner; at.valid(); at = result_.objects[at.index()].parent) {
      if (at == outer) return true;
    }
    return false;
  }

  void connect() {
    std::unordered_map<std::uint64_t, std::size_t> known[4];
    std::map<ShownId, std::set<NeighbourFlow>> flows;
    for (std::uint32_t i = 0; i < whole_.connections.size(); ++i) {
      const Connection& c = whole_.connections[i];
      const ShownId from = result_.shownAs[c.from.index()];
      const ShownId to = result_.shownAs[c.to.index()];
      if (from == to) {
        const Index a = elements_[c.from.index()], b = elements_[c.to.index()];
        const std::int64_t rows = b.first - a.first, columns = b.second - a.second;
        const bool near = std::max(std::abs(rows), std::abs(columns)) == 1;
        if (near) flows[from].insert({c.kind, static_cast<int>(rows), static_cast<int>(columns)});
        if (a.first >= 0 || result_.objects[from.index()].group) continue;
      }
      if (from != to && (isWithin(from, to) || isWithin(to, from))) continue;  // to an element not shown
      const auto key = (std::uint64_t{from.value} << 32) | to.value;
      const auto [place, fresh] =
          known[static_cast<std::size_t>(c.kind)].try_emplace(key, result_.connections.size());
      if (fresh) {
        result_.connections.push_back({c.kind, from, to, ConnectionId{i}, 1, c.via});
      } else {
        ++result_.connections[place->second].count;
      }
    }
    for (const auto& [id, set] : flows) {
      std::optional<ShownGroup>& group = result_.objects[id.index()].group;
      if (group) group->flows.assign(set.begin(), set.end());
    }
  }

  const Architecture& whole_;
  const Expansion& expansion_;
  FoldedView result_;
  std::unordered_map<const TemplateDeclaration*, Entries> entries_;
  std::unordered_map<std::string_view, const TemplateDeclaration*> templates_;
  std::unordered_map<std::string_view, Index> extents_;  // of open arrays, by path
  std::map<std::string, ShownId, std::less<>> groups_;   // by path
  std::vector<Index> elements_;                          // by object of the whole: of a closed array
};

}  // namespace

FoldedView fold(const Architecture& architecture, const Expansion& expansion) {
  return architecture.declared.empty() ? unfolded(architecture) : Folder(architecture, expansion).run();
}

FoldedView unfolded(const Architecture& architecture) {
  FoldedView view;
  view.name = architecture.name;
  view.parameters = architecture.parameters;
  view.objects.reserve(architecture.objects.size());
  for (const ObjectDeclaration& object : architecture.objects) {
    const ShownId id{static_cast<std::uint32_t>(view.objects.size())};
    view.objects.push_back({object, id, {}, {}});
    view.shownAs.push_back(id);
  }
  view.connections.reserve(architecture.connections.size());
  for (const Connection& c : architecture.connections) {
    const ConnectionId id{static_cast<std::uint32_t>(view.connections.size())};
    view.connections.push_back({c.kind, ShownId{c.from.value}, ShownId{c.to.value}, id, 1, c.via});
  }
  return view;
}

Expansion usualExpansion(const Architecture& architecture, std::size_t most) {
  Expansion expansion;
  if (architecture.objects.size() <= most) expansion.depth = 32;
  return expansion;
}

}  // namespace taktwerk
