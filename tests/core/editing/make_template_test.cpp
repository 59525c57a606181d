// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/make_template.h"

#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/architecture/class_specification.h"
#include "core/base/text_delta.h"
#include "tests/core/architecture/documents.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

using ::testing::HasSubstr;

std::string oneMac() {
  std::ifstream file(taktwerk::sourceDirectory() + "/archs/one-mac/one-mac.arch.yaml", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string made(const std::string& text, const MakeTemplate& edit) {
  const Result<std::string> result = makeTemplate(text, edit);
  return result ? *result : "refused: " + result.diagnostics.front().message;
}

std::string arrayed(const std::string& text, const MakeArray& edit) {
  const Result<std::string> result = makeArray(text, edit);
  return result ? *result : "refused: " + result.diagnostics.front().message;
}

const MakeTemplate executeUnit{{"execute", "alu", "lsu"}, "element", "pe"};

/// Blocks and connections; connections of each block in their order.
struct Flat {
  std::set<std::string> objects;
  std::map<std::string, std::vector<std::string>> connections;
  bool operator==(const Flat&) const = default;
};

Flat flat(const std::string& text, const MakeTemplate* renamed = nullptr) {
  const Result<Architecture> a = parseArchitecture(text, {});
  EXPECT_TRUE(a && !hasErrors(a.diagnostics)) << text;
  Flat result;
  const auto name = [&](ObjectId id) {
    std::string own = a->objects[id.index()].name;
    if (renamed == nullptr) return own;
    for (const std::string& part : renamed->objects) {
      if (own == part || own.starts_with(part + '.') || own.starts_with(part + '[')) {
        return renamed->instance + '.' + own;
      }
    }
    return own;
  };
  for (const ObjectDeclaration& object : a->objects) {
    std::string all = name(object.id) + ' ' + std::string(toString(object.objectClass));
    for (const Attribute& attribute : object.attributes) {
      all += ' ' + attribute.name + '=' + attribute.value.scalar;
      for (const YamlNode& item : attribute.value.items) all += ' ' + item.scalar;
    }
    result.objects.insert(all);
  }
  for (const Connection& c : a->connections) {
    result.connections[name(c.from) + ' ' + std::string(toString(c.kind))].push_back(name(c.to));
  }
  return result;
}

TEST(MakeTemplate, PutsBlocksIntoATemplateAndLeavesTheRest) {
  const std::string before = oneMac();
  const std::string after = made(before, executeUnit);
  EXPECT_THAT(after, HasSubstr("templates:\n"
                               "  element:\n"
                               "    objects:\n"
                               "      execute: {class: ExecuteStage, latency: 1}\n"
                               "      alu: {class: FunctionalUnit, "));
  EXPECT_THAT(after, HasSubstr("    connections:\n"
                               "      - contains: [execute, alu]\n"
                               "      - contains: [execute, lsu]\n"
                               "objects:\n"
                               "  # Instructions come in order"));
  EXPECT_THAT(after, HasSubstr("  decode: {class: PipelineStage, latency: 1}\n  pe: {template: element}\n"));
  EXPECT_THAT(after, HasSubstr("  - forward: [decode, pe.execute]\n  - reads: [pe.alu, regs]\n"));
  // What is new aside, the text is the old one without the blocks.
  EXPECT_EQ(after.substr(0, after.find("templates:")), before.substr(0, before.find("objects:")));
  EXPECT_EQ(flat(after), flat(before, &executeUnit));
  EXPECT_EQ(revertDelta(after, textDelta(before, after)), before);
}

TEST(MakeTemplate, BendsAreKeptOutside) {
  std::string before = oneMac();
  const auto bend = [&](const std::string& connection) {
    const std::size_t at = before.find("  - " + connection + "\n");
    ASSERT_NE(at, std::string::npos) << connection;
    before.replace(at + 4, connection.size(), "{via: [[1, 2], [1, 4]], " + connection + "}");
  };
  bend("contains: [execute, alu]");
  bend("forward: [decode, execute]");
  bend("forward: [fetch, decode]");
  const std::string after = made(before, executeUnit);
  EXPECT_THAT(after, HasSubstr("- contains: [execute, alu]\n"))
      << "where parts of instances stand, nobody says";
  EXPECT_THAT(after, HasSubstr("- {via: [[1, 2], [1, 4]], forward: [decode, pe.execute]}\n"));
  EXPECT_THAT(after, HasSubstr("- {via: [[1, 2], [1, 4]], forward: [fetch, decode]}\n"));
}

TEST(MakeTemplate, OfInstancesAndArraysIsATemplateOfTemplates) {
  const std::string once = made(oneMac(), executeUnit);
  const MakeTemplate outer{{"pe", "regs"}, "core", "core0"};
  const std::string twice = made(once, outer);
  EXPECT_THAT(twice, HasSubstr("      pe: {template: element}\n"));
  EXPECT_THAT(twice, HasSubstr("      - reads: [pe.alu, regs]\n"));
  EXPECT_THAT(twice, HasSubstr("forward: [decode, core0.pe.execute]"));
  EXPECT_EQ(flat(twice), flat(once, &outer));
}

TEST(MakeTemplate, MayTakeTheNameOfOneOfItsBlocks) {
  const MakeTemplate edit{{"lsu", "execute", "alu"}, "execute", "execute"};
  EXPECT_EQ(flat(made(oneMac(), edit)), flat(oneMac(), &edit));
  const MakeTemplate last{{"lsu", "execute", "alu"}, "execute", "lsu"};
  EXPECT_EQ(flat(made(oneMac(), last)), flat(oneMac(), &last));
}

TEST(MakeTemplate, KeepsTheOrderThatTellsFirstDeclared) {
  // lsu reads regs, outside, before dmem, which goes along: that connection stays where it is.
  const std::string text = oneMac();
  const MakeTemplate edit{{"execute", "lsu", "dmem"}, "element", "pe"};
  const std::string after = made(text, edit);
  EXPECT_THAT(after, HasSubstr("  - reads: [pe.lsu, pe.dmem]\n"));
  EXPECT_EQ(flat(after), flat(text, &edit));
}

TEST(MakeTemplate, RefusesWhatItCannotDo) {
  const auto refusal = [](MakeTemplate edit, const std::string& text = oneMac()) { return made(text, edit); };
  EXPECT_EQ(refusal({{}, "t", "i"}), "refused: there are no blocks to make a template of");
  EXPECT_EQ(refusal({{"nobody"}, "t", "i"}), "refused: there is no object \"nobody\"");
  EXPECT_EQ(refusal({{"alu"}, "t", "regs"}), "refused: there is a block \"regs\" already");
  EXPECT_THAT(refusal({{"alu"}, "a b", "i"}), HasSubstr("is not the name of a template"));
  EXPECT_THAT(refusal({{"alu"}, "t", "1"}), HasSubstr("refused: a name is letters"));
  const std::string once = made(oneMac(), executeUnit);
  EXPECT_EQ(refusal({{"regs"}, "element", "i"}, once), "refused: there is a template \"element\" already");
  EXPECT_EQ(refusal({{"pe.alu"}, "t", "i"}, once),
            "refused: \"pe.alu\" is a part of \"pe\" already; choose all of \"pe\"");
  EXPECT_THAT(refusal({{"alu"}, "t", "i"}, "objects: ["), HasSubstr("refused: "));
  EXPECT_EQ(refusal({{"alu"}, "t", "i"}, "- a"), "refused: the file is no architecture");
}

TEST(MakeArray, ConnectsEachElementAsTheInstanceWas) {
  std::string once = made(oneMac(), executeUnit);
  const std::string after = arrayed(once, {"pe", "mac_latency + 1", "3"});
  EXPECT_THAT(after, HasSubstr("  pe: {template: element, size: [mac_latency + 1, 3]}\n"));
  EXPECT_THAT(after, HasSubstr("{forward: [decode, \"pe[r][c].execute\"], for: {r: mac_latency + 1, c: 3}}"));
  const Flat elements = flat(after);
  EXPECT_EQ(elements.objects.size(), 6U + 6 * 3);
  EXPECT_EQ(elements.connections.at("decode forward").size(), 6U);
  EXPECT_EQ(elements.connections.at("pe[1][2].alu reads"), std::vector<std::string>{"regs"});
  EXPECT_EQ(elements.connections.at("fetch forward").size(), 1U);

  const std::string row = arrayed(once, {"pe", "4"});
  EXPECT_THAT(row, HasSubstr("size: 4}"));
  EXPECT_EQ(flat(row).connections.at("decode forward").size(), 4U);
  const std::string longer = arrayed(row, {"pe", "5"});
  EXPECT_EQ(longer, arrayed(once, {"pe", "5"}));
}

TEST(MakeArray, RefusesWhatItCannotDo) {
  const std::string once = made(oneMac(), executeUnit);
  EXPECT_EQ(arrayed(once, {"nobody", "2"}), "refused: there is no object \"nobody\"");
  EXPECT_EQ(arrayed(once, {"pe.alu", "2"}), "refused: \"pe.alu\" is a part of \"pe\"");
  EXPECT_EQ(arrayed(once, {"pe", ""}), "refused: the array has no size");
  EXPECT_THAT(arrayed(once, {"pe", "2 +"}), HasSubstr("refused: "));
  EXPECT_THAT(arrayed(once, {"pe", "unheard_of", "2"}), HasSubstr("unheard_of"));
}

}  // namespace
}  // namespace taktwerk
