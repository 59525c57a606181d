// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/approvals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/editing/approve.h"
#include "core/editing/edit.h"
#include "tests/core/architecture/documents.h"

namespace taktwerk {
namespace {

using ::testing::HasSubstr;

const Diagnostics problems{{Severity::Warning, "f", {4, 3}, "A0510", "regs is never used", "regs"},
                           {Severity::Warning, "f", {5, 3}, "A0510", "dmem is never used", "dmem"},
                           {Severity::Error, "f", {6, 3}, "A0301", "no such attribute", "regs"}};

TEST(Approvals, TellWarningsApartByCodeAndObject) {
  const JudgedProblems judged =
      judge(problems, {{"A0510", "regs", "by the host"}, {"A0301", "regs", "no"}, {"A0999", "", "old"}});
  ASSERT_EQ(judged.open.size(), 2U);
  EXPECT_EQ(judged.open[0].object, "dmem");
  EXPECT_EQ(judged.open[1].code, "A0301") << "errors cannot be approved";
  ASSERT_EQ(judged.approved.size(), 1U);
  EXPECT_EQ(judged.approved[0].warning, problems[0]);
  EXPECT_EQ(judged.approved[0].note, "by the host");
  EXPECT_EQ(judged.unused, (std::vector<std::size_t>{1, 2}));
  EXPECT_EQ(unusedText({"A0510", "regs", ""}), "A0510 of regs is approved, but there is no such warning");
}

TEST(Approvals, AreKeptInTheTextAndChangeNothingElse) {
  const std::string text = test::sound + "# the end\n";
  const auto once = approve(text, {"A0510", "regs", "by the host: see [1]"});
  ASSERT_TRUE(once);
  EXPECT_THAT(*once,
              HasSubstr("approved:\n  - {code: A0510, object: regs, note: \"by the host: see [1]\"}\n"));
  EXPECT_THAT(*once, HasSubstr(test::sound));
  const auto twice = approve(*once, {"A0503", "", "fine"});
  ASSERT_TRUE(twice);
  EXPECT_THAT(*twice, HasSubstr("  - {code: A0503, note: fine}\n"));
  const std::vector<Approval> read = approvalsOf(*twice);
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].object, "regs");
  EXPECT_EQ(read[0].note, "by the host: see [1]");
  EXPECT_EQ(*withdrawApproval(*twice, 1), *once);
  EXPECT_EQ(*withdrawApproval(*once, 0), text);
  EXPECT_FALSE(withdrawApproval(text, 0));
  EXPECT_FALSE(withdrawApproval(*once, 1));
  const auto architecture = parseArchitecture(*twice, "f");
  ASSERT_TRUE(architecture);
  EXPECT_FALSE(architecture->readOnly);
  EXPECT_TRUE(architecture.diagnostics.empty());
}

TEST(Approvals, FollowTheNameOfTheirObject) {
  const auto text = approve(test::sound, {"A0510", "regs", "regs"});
  ASSERT_TRUE(text);
  const auto renamed = applyEdit(*text, RenameObject{"regs", "file"});
  ASSERT_TRUE(renamed);
  EXPECT_THAT(*renamed, HasSubstr("{code: A0510, object: file, note: regs}"));
}

TEST(Approvals, ThatAreNoneAreReported) {
  const auto problemsOf = [](const std::string& approved) {
    std::string all;
    const Result<Architecture> a = parseArchitecture(test::sound + approved, "f");
    for (const Diagnostic& d : a.diagnostics) all += toString(d) + "\n";
    return all;
  };
  EXPECT_EQ(problemsOf("approved: 3\n"),
            "f:26:11: error: approved must be a list as in [{code: A0510, object: regs, note: why}], found "
            "\"3\" [A0701]\n");
  EXPECT_THAT(problemsOf("approved: [3]\n"), HasSubstr("an approval is a map"));
  EXPECT_THAT(problemsOf("approved: [{code: A0510, nota: x}]\n"),
              HasSubstr("unknown key \"nota\" of an approval; did you mean \"note\"? [A0703]"));
  EXPECT_THAT(problemsOf("approved: [{code: [A0510]}]\n"), HasSubstr("must be a text, found a list [A0704]"));
  EXPECT_THAT(problemsOf("approved: [{note: x}]\n"), HasSubstr("an approval has no code"));
  EXPECT_EQ(problemsOf("approved:\n"), "");
}

}  // namespace
}  // namespace taktwerk
