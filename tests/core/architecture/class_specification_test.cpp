// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/class_specification.h"

#include <set>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

TEST(ClassSpecification, CoversEveryClassInOrder) {
  ASSERT_EQ(classSpecifications().size(), static_cast<std::size_t>(ObjectClass::Unknown));
  for (std::size_t i = 0; i < classSpecifications().size(); ++i) {
    const ClassSpecification& c = classSpecifications()[i];
    EXPECT_EQ(static_cast<std::size_t>(c.objectClass), i);
    EXPECT_EQ(classFromName(c.name), c.objectClass);
    EXPECT_EQ(toString(c.objectClass), c.name);
    EXPECT_EQ(specificationOf(c.objectClass), &c);
    EXPECT_FALSE(c.description.empty());
  }
  EXPECT_EQ(classFromName("sram"), ObjectClass::Unknown);
  EXPECT_EQ(specificationOf(ObjectClass::Unknown), nullptr);
}

TEST(ClassSpecification, DescribesEveryAttributeOnce) {
  for (const ClassSpecification& c : classSpecifications()) {
    std::set<std::string_view> names;
    for (const AttributeSpecification& a : c.attributes) {
      EXPECT_TRUE(names.insert(a.name).second) << c.name << ' ' << a.name;
      EXPECT_FALSE(a.description.empty()) << a.name;
      EXPECT_EQ(a.required, a.defaultText.empty()) << a.name;
      EXPECT_EQ(a.choices.empty(), a.type != AttributeType::Choice) << a.name;
      EXPECT_EQ(c.find(a.name), &a);
      if (a.type == AttributeType::Duration || a.type == AttributeType::Count) {
        EXPECT_LT(a.minimum, a.maximum);
      }
    }
  }
}

TEST(ClassSpecification, DefaultsAreThoseOfTheTimingRules) {
  const auto byDefault = [](ObjectClass c, std::string_view attribute) {
    return specificationOf(c)->find(attribute)->defaultText;
  };
  EXPECT_EQ(byDefault(ObjectClass::InstructionFetchStage, "latency"), "0");
  EXPECT_EQ(byDefault(ObjectClass::InstructionFetchStage, "issue_order"), "per_port");
  EXPECT_EQ(byDefault(ObjectClass::InstructionMemoryAccessUnit, "latency"), "0");
  EXPECT_EQ(byDefault(ObjectClass::PipelineStage, "latency"), "1");
  EXPECT_EQ(byDefault(ObjectClass::MemoryAccessUnit, "release"), "completion");
  EXPECT_EQ(byDefault(ObjectClass::MemoryAccessUnit, "compute_latency"), "0");
  EXPECT_EQ(byDefault(ObjectClass::Dram, "row_words"), "1024");
  EXPECT_EQ(byDefault(ObjectClass::SetAssociativeCache, "write_allocate"), "true");
  EXPECT_EQ(specificationOf(ObjectClass::MemoryAccessUnit)->find("result_latency"), nullptr);
  EXPECT_EQ(specificationOf(ObjectClass::Dram)->find("interleave_words"), nullptr);
}

TEST(Legality, AllowsWhatTheTimingRulesName) {
  using enum ObjectClass;
  EXPECT_EQ(whyIllegal(ConnectionKind::Contains, InstructionFetchStage, InstructionMemoryAccessUnit),
            std::nullopt);
  EXPECT_EQ(whyIllegal(ConnectionKind::Forward, ExecuteStage, PipelineStage), std::nullopt);
  EXPECT_EQ(whyIllegal(ConnectionKind::Reads, InstructionMemoryAccessUnit, Memory), std::nullopt);
  EXPECT_EQ(whyIllegal(ConnectionKind::Writes, MemoryAccessUnit, SetAssociativeCache), std::nullopt);
  EXPECT_EQ(whyIllegal(ConnectionKind::Reads, SetAssociativeCache, SetAssociativeCache), std::nullopt);
}

TEST(Legality, GivesReasons) {
  using enum ObjectClass;
  EXPECT_EQ(whyIllegal(ConnectionKind::Reads, FunctionalUnit, Sram),
            "a FunctionalUnit cannot read an SRAM; it can read a RegisterFile");
  EXPECT_EQ(whyIllegal(ConnectionKind::Reads, PipelineStage, RegisterFile),
            "a PipelineStage cannot read a RegisterFile; a FunctionalUnit or a MemoryAccessUnit can read a "
            "RegisterFile");
  EXPECT_EQ(whyIllegal(ConnectionKind::Forward, RegisterFile, Sram),
            "a RegisterFile cannot forward to an SRAM; nothing can forward to an SRAM");
  EXPECT_EQ(
      whyIllegal(ConnectionKind::Forward, PipelineStage, InstructionFetchStage),
      "a PipelineStage cannot forward to an InstructionFetchStage; it can forward to a PipelineStage or an "
      "ExecuteStage");
  EXPECT_EQ(
      whyIllegal(ConnectionKind::Writes, InstructionMemoryAccessUnit, Sram),
      "an InstructionMemoryAccessUnit cannot write an SRAM; a MemoryAccessUnit or a SetAssociativeCache can "
      "write an SRAM");
}

TEST(Legality, DoesNotJudgeUnknownClasses) {
  EXPECT_EQ(whyIllegal(ConnectionKind::Reads, ObjectClass::Unknown, ObjectClass::Sram), std::nullopt);
  EXPECT_EQ(whyIllegal(ConnectionKind::Forward, ObjectClass::Sram, ObjectClass::Unknown), std::nullopt);
}

}  // namespace
}  // namespace taktwerk
