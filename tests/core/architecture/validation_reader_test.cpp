// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/validation_reader.h"

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"

namespace taktwerk {
namespace {

const std::string head = "format: taktwerk-architecture/1\nobjects: {}\nconnections: []\n";

Result<Architecture> parse(const std::string& validation) {
  return parseArchitecture(head + validation, "a.arch.yaml");
}

TEST(DeclaredValidation, IsReadWithItsPlace) {
  const auto read = parse(R"(validation:
  - against: FireSim RTL, 71 layers
    points: 71
    mean_error: 44.6 %
    largest_error: 85 %
    source: https://example.org/a#b
    note: without the host
  - {against: silicon, points: 1, mean_error: 0%, source: a paper}
)");
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->readOnly);
  ASSERT_EQ(read->validation.size(), 2U);
  const DeclaredValidation& first = read->validation[0];
  EXPECT_EQ(first.against, "FireSim RTL, 71 layers");
  EXPECT_EQ(first.points, 71);
  EXPECT_DOUBLE_EQ(first.meanError, 44.6);
  EXPECT_EQ(first.largestError, 85);
  EXPECT_EQ(first.source, "https://example.org/a#b");
  EXPECT_EQ(first.note, "without the host");
  EXPECT_EQ(first.position.line, 5U);
  EXPECT_EQ(read->validation[1].meanError, 0);
  EXPECT_FALSE(read->validation[1].largestError);
}

TEST(DeclaredValidation, IsWrittenAsItIsRead) {
  const auto read = parse(R"(validation:
  - against: "with: colon"
    points: 3
    mean_error: 0.1 %
    largest_error: 1234567.25 %
    source: x
    note: "# no comment"
)");
  ASSERT_TRUE(read);
  const std::string text = writeArchitecture(*read);
  const auto again = parseArchitecture(text, "b");
  ASSERT_TRUE(again) << text;
  EXPECT_EQ(writeArchitecture(*again), text);
  ASSERT_EQ(again->validation.size(), 1U);
  EXPECT_EQ(again->validation[0].against, "with: colon");
  EXPECT_EQ(again->validation[0].meanError, 0.1);
  EXPECT_EQ(again->validation[0].largestError, 1234567.25);
  EXPECT_EQ(again->validation[0].note, "# no comment");
  EXPECT_EQ(writeArchitecture(*parse("")).find("validation"), std::string::npos);
}

/// The first one of a validation; the file has others.
Diagnostic problemOfValidation(const Diagnostics& problems) {
  for (const Diagnostic& each : problems) {
    if (each.code.starts_with("A08")) return each;
  }
  return {};
}

TEST(DeclaredValidation, SaysWhatIsWrongAndWhere) {
  const std::string good = "against: a, points: 1, mean_error: 1 %, source: s";
  struct Case {
    std::string text, code;
    std::uint32_t line;
  };
  const std::vector<Case> cases = {
      {"validation: none\n", "A0801", 4},
      {"validation: {" + good + "}\n", "A0801", 4},
      {"validation:\n  - RTL\n", "A0802", 5},
      {"validation:\n  - {" + good + ", mean: 1 %}\n", "A0803", 5},
      {"validation:\n  - {" + good + ", note: [a]}\n", "A0804", 5},
      {"validation:\n  - {against: a, points: 0, mean_error: 1 %, source: s}\n", "A0804", 5},
      {"validation:\n  - {against: a, points: 1.5, mean_error: 1 %, source: s}\n", "A0804", 5},
      {"validation:\n  - {against: a, points: 1, mean_error: 1, source: s}\n", "A0804", 5},
      {"validation:\n  - {against: a, points: 1, mean_error: -1 %, source: s}\n", "A0804", 5},
      {"validation:\n  - {against: '', points: 1, mean_error: 1 %, source: s}\n", "A0804", 5},
      {"validation:\n  - {against: a, points: 1, mean_error: 1 %}\n", "A0805", 5},
      {"validation:\n  - {}\n", "A0805", 5},
  };
  for (const Case& each : cases) {
    const auto read = parse(each.text);
    ASSERT_TRUE(read.value) << each.text;
    const Diagnostic problem = problemOfValidation(read.diagnostics);
    EXPECT_EQ(problem.code, each.code) << each.text;
    EXPECT_EQ(problem.position.line, each.line) << each.text;
    EXPECT_TRUE(hasErrors(read.diagnostics)) << each.text;
    EXPECT_TRUE(read->readOnly) << each.text;
    EXPECT_TRUE(read->validation.empty()) << each.text;
  }
  std::string many = "validation:\n";
  for (std::size_t k = 0; k <= mostValidations; ++k) many += "  - {" + good + "}\n";
  EXPECT_EQ(problemOfValidation(parse(many).diagnostics).code, "A0801");
}

TEST(Percent, IsDigitsAndASign) {
  EXPECT_EQ(percentIn("43 %"), 43);
  EXPECT_EQ(percentIn("0.25%"), 0.25);
  for (const char* bad : {"", "%", "43", " 43 %", "+43 %", "-1 %", "1. %", ".5 %", "1e3 %", "inf %", "nan %",
                          "1,5 %", "99999999999 %", "1 %%"}) {
    EXPECT_FALSE(percentIn(bad)) << bad;
  }
  for (const double value : {0.0, 43.0, 44.6, 0.1, 1e9}) EXPECT_EQ(percentIn(percentText(value)), value);
}

}  // namespace
}  // namespace taktwerk
