// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/edit.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/architecture/class_specification.h"
#include "tests/core/architecture/documents.h"
#include "tests/support/architecture_sketch.h"
#include "tests/support/random_property.h"

namespace taktwerk {
namespace {

using test::Random;

std::string edited(std::string_view text, const ArchitectureEdit& edit) {
  const Result<std::string> result = applyEdit(text, edit);
  return result ? *result : "refused: " + result.diagnostics.front().message;
}

constexpr std::string_view small =
    "# A file as people write it.\r\n"
    "format: taktwerk-architecture/1   # do not touch\r\n"
    "name: Größe   # the name\r\n"
    "objects:\r\n"
    "\r\n"
    "  alu: {class: FunctionalUnit, operations: [add, mul],   latency: 2}  # \ttabs, too\r\n"
    "  # about regs\r\n"
    "  regs:\r\n"
    "    class: RegisterFile   # below each other\r\n"
    "    registers: ['r0', \"r1\"]\r\n"
    "    note: >-\r\n"
    "      several\r\n"
    "      lines\r\n"
    "  lsu:\r\n"
    "    {class: MemoryAccessUnit,  # first\r\n"
    "     operations: [load]}       # last\r\n"
    "connections:\r\n"
    "  - reads: [alu, regs]   # operands\r\n"
    "  # results\r\n"
    "  - {writes: [alu, regs]}\r\n"
    "  - writes:\r\n"
    "      - lsu\r\n"
    "      - regs";

std::string smallWith(std::string_view from, std::string_view to) {
  return test::with(std::string(small), from, to);
}

TEST(ArchitectureEdit, ChangesAValueAndNothingElse) {
  EXPECT_EQ(edited(small, SetAttribute{"alu", "latency", yamlScalar("k + 1")}),
            smallWith("latency: 2}", "latency: k + 1}"));
  EXPECT_EQ(edited(small, SetAttribute{"alu", "latency", yamlScalar("if(k > 1, 2, 3)")}),
            smallWith("latency: 2}", "latency: \"if(k > 1, 2, 3)\"}"));
  EXPECT_EQ(edited(small, SetAttribute{"regs", "class", yamlScalar("SRAM")}),
            smallWith("class: RegisterFile ", "class: SRAM "));
  EXPECT_EQ(edited(small, SetAttribute{"regs", "registers", yamlSequence({yamlScalar("a")})}),
            smallWith("['r0', \"r1\"]", "[a]"));
  EXPECT_EQ(edited(small, SetText{"name", "Maß: 2"}), smallWith("Größe", "\"Maß: 2\""));
}

TEST(ArchitectureEdit, AddsAndRemovesAttributesInTheStyleOfTheirNeighbours) {
  const YamlNode at = yamlSequence({yamlScalar("10"), yamlScalar("-20")});
  EXPECT_EQ(edited(small, SetAttribute{"alu", "at", at}),
            smallWith("latency: 2}", "latency: 2, at: [10, -20]}"));
  EXPECT_EQ(edited(small, SetAttribute{"regs", "at", at}),
            smallWith("      lines\r\n", "      lines\r\n    at: [10, -20]\r\n"));
  EXPECT_EQ(edited(small, SetAttribute{"alu", "operations", {}}),
            smallWith("operations: [add, mul],   ", ""));
  EXPECT_EQ(edited(small, SetAttribute{"alu", "latency", {}}), smallWith(",   latency: 2", ""));
  EXPECT_EQ(edited(small, SetAttribute{"regs", "note", {}}),
            smallWith("    note: >-\r\n      several\r\n      lines\r\n", ""));
  EXPECT_EQ(edited(small, SetAttribute{"lsu", "operations", {}}), smallWith("operations: [load]", ""))
      << "the comment of the line before stays";
}

TEST(ArchitectureEdit, AddsRemovesAndRenamesObjectsWithTheirConnections) {
  YamlNode sram;
  sram.kind = YamlNode::Kind::Map;
  sram.entries.push_back({"class", {}, yamlScalar("SRAM")});
  EXPECT_EQ(edited(small, AddObject{"dmem", sram}),
            smallWith("# last\r\n", "# last\r\n  dmem: {class: SRAM}\r\n"));
  EXPECT_EQ(edited(small, AddObject{"dmem", sram, 0}),
            smallWith("  alu: {", "  dmem: {class: SRAM}\r\n  alu: {"));
  EXPECT_EQ(edited(small, RenameObject{"regs", "files"}), [&] {
    std::string text(small);
    for (const auto& [from, to] : {std::pair("  regs:\r", "  files:\r"),
                                   {"[alu, regs]   ", "[alu, files]   "},
                                   {"[alu, regs]}", "[alu, files]}"},
                                   {"- regs", "- files"}}) {
      text = test::with(text, from, to);
    }
    return text;
  }());
  EXPECT_EQ(
      edited(small, RemoveObject{"lsu"}),
      test::with(
          smallWith("  lsu:\r\n    {class: MemoryAccessUnit,  # first\r\n     operations: [load]}       "
                    "# last\r\n",
                    ""),
          "  - writes:\r\n      - lsu\r\n      - regs", ""));
  EXPECT_EQ(edited(small, RemoveObject{"regs"}).find("connections: []") != std::string::npos, true)
      << "no connection is left";
}

TEST(ArchitectureEdit, AddsAndRemovesConnections) {
  EXPECT_EQ(edited(small, AddConnection{ConnectionKind::Reads, "lsu", "regs"}),
            std::string(small) + "\r\n  - reads: [lsu, regs]");
  EXPECT_EQ(edited(small, AddConnection{ConnectionKind::Reads, "lsu", "regs", 1}),
            smallWith("# operands\r\n", "# operands\r\n  - reads: [lsu, regs]\r\n"));
  EXPECT_EQ(edited(small, AddConnection{ConnectionKind::Reads, "lsu", "regs", 0}),
            smallWith("connections:\r\n", "connections:\r\n  - reads: [lsu, regs]\r\n"));
  EXPECT_EQ(edited(small, RemoveConnection{1}), smallWith("  - {writes: [alu, regs]}\r\n", ""));
  EXPECT_EQ(edited(small, RemoveConnection{2}), smallWith("  - writes:\r\n      - lsu\r\n      - regs", ""));
}

TEST(ArchitectureEdit, BendsAreKeptInTheConnectionsEntry) {
  const SetBends bends{0, {{120, 40}, {120.5, 200}}};
  const std::string once = edited(small, bends);
  EXPECT_EQ(once, smallWith("  - reads: [alu, regs]   # operands\r\n",
                            "  - reads: [alu, regs]   # operands\r\n"
                            "    via: [[120, 40], [120.5, 200]]\r\n"));
  EXPECT_EQ(edited(small, SetBends{1, {{120, 40}}}),
            smallWith("{writes: [alu, regs]}", "{writes: [alu, regs], via: [[120, 40]]}"));
  EXPECT_EQ(edited(once, SetBends{0, {}}), small);
  EXPECT_EQ(edited(small, SetBends{0, {}}), small);
  EXPECT_EQ(edited(small, SetBends{7, {}}), "refused: there is no connection 8");
  // They stay when an object is renamed, and come back with a connection that was removed.
  EXPECT_NE(edited(once, RenameObject{"alu", "mac"}).find("    via: [[120, 40], [120.5, 200]]\r\n"),
            std::string::npos);
  const auto back = inverse(once, RemoveConnection{0});
  ASSERT_TRUE(back && back->size() == 1);
  EXPECT_EQ(std::get<AddConnection>(back->front()).via, bends.via);
  const std::string ranged =
      test::with(test::sound, "  - reads: [lsu, dmem]\n", "  - {reads: [lsu, dmem], for: {i: 1}}\n");
  EXPECT_EQ(edited(ranged, SetBends{8, {{1, 2}}}),
            "refused: a connection over a range stands for several lines, which have no bends of their own");
}

TEST(ArchitectureEdit, MakesSectionsThatAreNotThere) {
  YamlNode parameter;
  parameter.kind = YamlNode::Kind::Map;
  parameter.entries.push_back({"default", {}, yamlScalar("4")});
  EXPECT_EQ(edited(small, AddParameter{"rows", parameter}),
            smallWith("objects:\r\n", "parameters:\r\n  rows: {default: 4}\r\nobjects:\r\n"));
  EXPECT_EQ(edited(small, SetText{"description", "words"}),
            smallWith("# the name\r\n", "# the name\r\ndescription: words\r\n"));
  EXPECT_EQ(edited("format: x\nobjects:\n", AddObject{"a", parameter}),
            "format: x\nobjects:\n  a: {default: 4}\n");
  EXPECT_EQ(edited("format: x\nobjects: {}", AddObject{"a", parameter}),
            "format: x\nobjects: {a: {default: 4}}");
}

TEST(ArchitectureEdit, RefusesWhatDoesNotFit) {
  EXPECT_EQ(edited(small, RenameObject{"alu", "regs"}), "refused: \"regs\" is there already");
  EXPECT_EQ(edited(small, RenameObject{"ali", "x"}), "refused: there is no object \"ali\"");
  EXPECT_EQ(edited(small, RemoveConnection{3}), "refused: there is no connection 4");
  EXPECT_EQ(edited(small, SetAttribute{"alu", "at", {}}), "refused: there is no \"at\" to remove");
  EXPECT_FALSE(applyEdit("objects: [", RemoveObject{"a"}));
  EXPECT_FALSE(applyEdit("- a", RemoveObject{"a"}));
}

TEST(ArchitectureEdit, FollowsArraysAndInstancesIntoTheIndicesOfConnections) {
  const std::string text =
      "format: x\nobjects:\n  pe: {template: element, size: [rows, 2]}\n  pe.x: {class: SRAM}\nconnections:\n"
      "  - {reads: [\"pe[r][0].alu\", pe.x], for: {r: rows}}  # kept\n  - forward: [pet, pe.x]\n";
  EXPECT_EQ(edited(text, RenameObject{"pe", "cell"}),
            "format: x\nobjects:\n  cell: {template: element, size: [rows, 2]}\n  pe.x: {class: "
            "SRAM}\nconnections:\n"
            "  - {reads: [\"cell[r][0].alu\", pe.x], for: {r: rows}}  # kept\n  - forward: [pet, pe.x]\n");
  EXPECT_EQ(edited(text, RemoveObject{"pe"}),
            "format: x\nobjects:\n  pe.x: {class: SRAM}\nconnections:\n  - forward: [pet, pe.x]\n");
}

// Random documents and random edits.

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
      if (e.field == "maximum") p.maximum = std::stoll(e.value->scalar);
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
    const bool commented = text.find("#") != std::string::npos;
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

    const auto back = inverse(text, edit);
    ASSERT_TRUE(back);
    std::string undone = *result;
    for (const ArchitectureEdit& step : *back) {
      const Result<std::string> next = applyEdit(undone, step);
      ASSERT_TRUE(next) << describe(step) << ": " << next.diagnostics.front().message << '\n' << undone;
      undone = *next;
    }
    // An attribute that was removed comes back last.
    if (!std::holds_alternative<SetAttribute>(edit)) {
      ASSERT_EQ(writeArchitecture(*parseArchitecture(undone, "f")), writeArchitecture(*before)) << undone;
    } else {
      const auto sortedOnce = [](Architecture a) {
        for (ObjectDeclaration& o : a.objects) {
          std::sort(o.attributes.begin(), o.attributes.end(),
                    [](const Attribute& x, const Attribute& y) { return x.name < y.name; });
        }
        return writeArchitecture(a);
      };
      ASSERT_EQ(sortedOnce(*parseArchitecture(undone, "f")), sortedOnce(*before)) << undone;
    }
  }
}

}  // namespace
}  // namespace taktwerk
