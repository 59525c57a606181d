// SPDX-License-Identifier: GPL-3.0-or-later
// Random edits of random documents, against what they mean on the document.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/architecture/class_specification.h"
#include "core/editing/edit.h"
#include "tests/support/architecture_sketch.h"
#include "tests/support/random_property.h"

namespace taktwerk {
namespace {

using test::Random;

/// The text of a random architecture as different people might write it. Every line says in a comment whose
/// it is, where a comment may stand.
std::string randomText(Random& random) {
  const test::ArchitectureSketch sketch = test::randomArchitecture(random, {});
  const std::string newline = random.chance(30) ? "\r\n" : "\n";
  const int comments = random.pick({0, 50, 100});
  std::string text = "format: taktwerk-architecture/1" + newline;
  const auto line = [&](const std::string& content, const std::string& owner) {
    text += content;
    if (random.chance(comments)) text += random.pick<std::string>({" # ", "  #\tü "}) + owner;
    text += newline;
  };
  if (random.chance(50))
    line("name: " + random.pick<std::string>({"plain", "'it''s'", "\"a: b\"", "größer"}), "name");
  if (random.chance(40)) {
    line("parameters:", "parameters");
    line("  rows: {default: 4, minimum: 1}", "rows");
    line("  columns:", "columns");
    line("    default: rows * 2", "columns");
    line("    description: two   words", "columns");
  }
  line("objects:", "objects");
  const std::string indent = random.pick<std::string>({"  ", "    ", " "});
  for (const auto& object : sketch.objects) {
    auto attributes = object.attributes;
    attributes.insert(attributes.begin(), {"class", object.className});
    if (random.chance(20)) attributes.emplace_back("note", "\"1, a {b}\"");
    if (random.chance(20)) attributes.emplace_back("at", "[10, 20]");
    if (random.chance(10)) text += newline;
    if (random.chance(10)) line(indent + "# below is", object.name);
    if (random.chance(40)) {
      line(indent + object.name + ":", object.name);
      for (const auto& [name, value] : attributes) line(indent + "   " + name + ": " + value, object.name);
    } else {
      std::string flow;
      const bool lines = random.chance(20);
      for (const auto& [name, value] : attributes) {
        flow += (flow.empty() ? ""
                 : lines      ? "," + newline + indent + "        "
                              : ", ") +
                name + ": " + value;
      }
      line(indent + object.name + ": " + random.pick<std::string>({"{", "{ "}) + flow + "}", object.name);
    }
  }
  line("connections:", "connections");
  const std::string dash = random.pick<std::string>({"- ", "  - ", "  -   "});
  for (const auto& c : sketch.connections) {
    const std::string owner = c.from + ' ' + c.to;
    if (random.chance(20)) {
      line(dash + c.kind + ":", owner);
      const std::string inner(dash.size() + 2, ' ');
      line(inner + "- " + c.from, owner);
      line(inner + "- \"" + c.to + '"', owner);
    } else {
      const bool braces = random.chance(20);
      line(dash + (braces ? "{" : "") + c.kind + ": [" + c.from + ", " + c.to + (braces ? "]}" : "]"), owner);
    }
  }
  if (random.chance(20)) text.resize(text.size() - newline.size());
  return text;
}

ArchitectureEdit randomEdit(Random& random, const Architecture& a) {
  const auto object = [&] { return random.pick(a.objects).name; };
  const auto place = [&](std::size_t count) { return random.below(count + 1); };
  YamlNode map;
  map.kind = YamlNode::Kind::Map;
  map.flow = true;
  switch (random.below(12)) {
    case 0:
      return SetAttribute{
          object(), random.pick<std::string>({"latency", "note", "class", "data_width"}),
          yamlScalar(random.pick<std::string>({"7", "a, b", "# x", "rows + 1", "ü", "true"}), true)};
    case 1: {
      const auto& o = random.pick(a.objects);
      if (o.attributes.empty()) return SetAttribute{o.name, "class", yamlScalar("SRAM")};
      return SetAttribute{o.name, random.pick(o.attributes).name, {}};
    }
    case 2:
      return SetAttribute{
          object(), "at",
          yamlSequence({yamlScalar(std::to_string(random.between(-99, 99))), yamlScalar("0")})};
    case 3:
      map.entries.push_back({"class", {}, yamlScalar("SRAM")});
      if (random.chance(50)) map.entries.push_back({"banks", {}, yamlScalar("2")});
      return AddObject{"fresh", map,
                       random.chance(50) ? std::optional(place(a.objects.size())) : std::nullopt};
    case 4:
      return RemoveObject{object()};
    case 5:
      return RenameObject{object(), "renamed[0].x"};
    case 6:
      return AddConnection{random.pick({ConnectionKind::Contains, ConnectionKind::Reads}), object(), object(),
                           random.chance(50) ? std::optional(place(a.connections.size())) : std::nullopt};
    case 7:
      if (a.connections.empty()) return RemoveObject{object()};
      if (random.chance(50)) {
        SetBends bends{random.below(a.connections.size()), {}};
        for (std::size_t i = random.below(3); i > 0; --i) bends.via.push_back({-0.5, 20});
        return bends;
      }
      return RemoveConnection{random.below(a.connections.size())};
    case 8:
      if (a.parameters.empty() || random.chance(30)) {
        map.entries.push_back({"default", {}, yamlScalar("3")});
        return AddParameter{"added", map,
                            random.chance(50) ? std::optional(place(a.parameters.size())) : std::nullopt};
      }
      if (random.chance(30)) return RemoveParameter{random.pick(a.parameters).name};
      return SetParameter{random.pick(a.parameters).name, random.pick<std::string>({"default", "maximum"}),
                          yamlScalar("9")};
    case 9:
    case 10: {
      ConnectionRule rule;
      rule.kind = random.pick({ConnectionKind::Writes, ConnectionKind::Forward});
      rule.from.text = object();
      rule.to.text = object();
      if (random.chance(50) && !a.connections.empty()) {
        return SetRule{random.below(a.connections.size()), rule, {}, {}};
      }
      return AddRule{
          rule, {}, {}, random.chance(50) ? std::optional(place(a.connections.size())) : std::nullopt};
    }
    default:
      return SetText{random.pick<std::string>({"name", "description"}),
                     random.pick<std::string>({"n: #", "new"})};
  }
}

/// What an edit means, on the document instead of its text.
struct Oracle {
  Architecture& a;

  ObjectDeclaration& object(const std::string& name) const {
    return *std::find_if(a.objects.begin(), a.objects.end(), [&](const auto& o) { return o.name == name; });
  }
  void renumber() const {
    for (std::size_t i = 0; i < a.objects.size(); ++i)
      a.objects[i].id = ObjectId{static_cast<std::uint32_t>(i)};
  }
  void setField(ObjectDeclaration& o, const std::string& name, const std::optional<YamlNode>& value) const {
    if (name == "class") {
      o.className = value->scalar;
      for (int c = 0; c <= static_cast<int>(ObjectClass::Unknown); ++c) {
        o.objectClass = static_cast<ObjectClass>(c);
        if (toString(o.objectClass) == value->scalar) break;
      }
    } else if (name == "at") {
      o.at = CanvasPoint{std::stod(value->items[0].scalar), std::stod(value->items[1].scalar)};
    } else if (name == "note") {
      o.note = value->scalar;
    } else {
      const auto found = std::find_if(o.attributes.begin(), o.attributes.end(),
                                      [&](const auto& x) { return x.name == name; });
      if (!value) {
        o.attributes.erase(found);
      } else if (found != o.attributes.end()) {
        found->value = *value;
      } else {
        o.attributes.push_back({name, {}, *value});
      }
    }
  }
  void operator()(const SetAttribute& e) const { setField(object(e.object), e.name, e.value); }
  void operator()(const AddObject& e) const {
    const std::size_t at = e.at.value_or(a.objects.size());
    for (Connection& c : a.connections) {
      if (c.from.index() >= at) c.from = ObjectId{c.from.value + 1};
      if (c.to.index() >= at) c.to = ObjectId{c.to.value + 1};
    }
    ObjectDeclaration o;
    o.name = e.name;
    for (const auto& entry : e.value.entries) setField(o, entry.key, entry.value);
    a.objects.insert(a.objects.begin() + static_cast<std::ptrdiff_t>(at), o);
    renumber();
  }
  void operator()(const RemoveObject& e) const {
    const ObjectId id = object(e.name).id;
    std::erase_if(a.connections, [&](const Connection& c) { return c.from == id || c.to == id; });
    for (Connection& c : a.connections) {
      if (c.from.index() > id.index()) c.from = ObjectId{c.from.value - 1};
      if (c.to.index() > id.index()) c.to = ObjectId{c.to.value - 1};
    }
    a.objects.erase(a.objects.begin() + static_cast<std::ptrdiff_t>(id.index()));
    renumber();
  }
  void operator()(const RenameObject& e) const {
    object(e.from).name = e.to;
    for (ObjectDeclaration& o : a.objects) {
      for (Attribute& attribute : o.attributes) {
        if (attribute.name != "result_latency") continue;
        for (auto& entry : attribute.value.entries) {
          if (entry.key == e.from) entry.key = e.to;
        }
      }
    }
  }
  void operator()(const AddConnection& e) const {
    const std::size_t at = e.at.value_or(a.connections.size());
    a.connections.insert(a.connections.begin() + static_cast<std::ptrdiff_t>(at),
                         {e.kind, object(e.from).id, object(e.to).id, {}, e.via});
  }
  void operator()(const AddRule& e) const {
    (*this)(AddConnection{e.rule.kind, e.rule.from.text, e.rule.to.text, e.at});
  }
  void operator()(const SetRule& e) const {
    a.connections[e.place] = {e.rule.kind, object(e.rule.from.text).id, object(e.rule.to.text).id, {}};
  }
  void operator()(const RemoveConnection& e) const {
    a.connections.erase(a.connections.begin() + static_cast<std::ptrdiff_t>(e.place));
  }
  void operator()(const SetBends& e) const { a.connections[e.place].via = e.via; }
  void operator()(const SetParameter& e) const {
    for (Parameter& p : a.parameters) {
      if (p.name != e.parameter) continue;
      if (e.field == "maximum") p.maximum = ParameterBound{std::stoll(e.value->scalar), {}, {}};
      if (e.field != "default") continue;
      p.defaultValue = std::stoll(e.value->scalar);
      p.expression.clear();
    }
  }
  void operator()(const AddParameter& e) const {
    Parameter p;
    p.name = e.name;
    p.defaultValue = std::stoll(e.value.entries[0].value.scalar);
    const std::size_t at = std::min(e.at.value_or(a.parameters.size()), a.parameters.size());
    a.parameters.insert(a.parameters.begin() + static_cast<std::ptrdiff_t>(at), p);
  }
  void operator()(const RemoveParameter& e) const {
    std::erase_if(a.parameters, [&](const Parameter& p) { return p.name == e.name; });
  }
  void operator()(const SetText& e) const { (e.key == "name" ? a.name : a.description) = e.text; }
};

/// The words that lines which an edit may touch contain.
std::vector<std::string> touched(const ArchitectureEdit& edit, const Architecture& before) {
  const auto nameOf = [&](std::size_t place, bool from) {
    const Connection& c = before.connections[place];
    return before.objects[(from ? c.from : c.to).index()].name;
  };
  if (const auto* e = std::get_if<SetAttribute>(&edit)) return {e->object};
  if (const auto* e = std::get_if<AddObject>(&edit)) return {e->name, "objects"};
  if (const auto* e = std::get_if<RemoveObject>(&edit)) return {e->name, "objects", "connections"};
  if (const auto* e = std::get_if<RenameObject>(&edit)) return {e->from};
  if (const auto* e = std::get_if<SetRule>(&edit)) {
    return {nameOf(e->place, true), nameOf(e->place, false), "connections"};
  }
  if (const auto* e = std::get_if<RemoveConnection>(&edit)) {
    return {nameOf(e->place, true), nameOf(e->place, false), "connections"};
  }
  if (const auto* e = std::get_if<SetBends>(&edit)) return {nameOf(e->place, true), nameOf(e->place, false)};
  if (const auto* e = std::get_if<SetParameter>(&edit)) return {e->parameter, "default", "description"};
  if (std::holds_alternative<RemoveParameter>(edit))
    return {"rows", "columns", "parameters", "default", "descr"};
  if (std::holds_alternative<AddParameter>(edit)) return {"parameters"};
  if (const auto* e = std::get_if<SetText>(&edit)) return {e->key};
  return {"connections"};
}

std::multiset<std::string> linesOf(const std::string& text) {
  std::multiset<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    std::string line = text.substr(at, end - at);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    lines.insert(line);
    at = end;
  }
  return lines;
}

TEST(ArchitectureEdit, OfRandomDocumentsGivesWhatItSaysAndLeavesTheRestAlone) {
  const int count = test::propertyCount(600);
  for (int i = 0; i < count; ++i) {
    const std::uint64_t seed = 81'000 + static_cast<std::uint64_t>(i);
    Random random(seed);
    const std::string text = randomText(random);
    const auto before = parseArchitecture(text, "f");
    ASSERT_TRUE(before) << "seed " << seed << '\n' << text;
    const ArchitectureEdit edit = randomEdit(random, *before);
    SCOPED_TRACE("seed " + std::to_string(seed) + ": " + describe(edit) + "\n" + text);
    const Result<std::string> result = applyEdit(text, edit);
    ASSERT_TRUE(result) << result.diagnostics.front().message;
    Architecture wanted = *before;
    std::visit(Oracle{wanted}, edit);
    const auto found = parseArchitecture(*result, "f");
    ASSERT_TRUE(found) << *result;
    ASSERT_EQ(writeArchitecture(*found), writeArchitecture(wanted)) << *result;

    // Lines that are gone or changed are those of what was edited. Objects' names may be part of others'.
    std::multiset<std::string> after = linesOf(*result);
    const bool commented = text.find('#') != std::string::npos;
    for (const std::string& line : linesOf(text)) {
      const auto same = after.find(line);
      if (same != after.end()) {
        after.erase(same);
        continue;
      }
      if (!commented) continue;
      const auto words = touched(edit, *before);
      const bool concerned = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return line.find(word) != std::string::npos;
      });
      EXPECT_TRUE(concerned || line.find('#') == std::string::npos) << line << "\n---\n" << *result;
    }
  }
}

}  // namespace
}  // namespace taktwerk
