// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/names.h"

#include <string>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

TEST(Names, Identifiers) {
  for (const char* name : {"a", "_", "r0", "Mac_8", "if0"}) EXPECT_TRUE(isIdentifier(name)) << name;
  for (const char* name : {"", "0a", "a-b", "a.b", "a[0]", "a b", "é"})
    EXPECT_FALSE(isIdentifier(name)) << name;
  EXPECT_TRUE(isIdentifier(std::string(200, 'a')));
  EXPECT_FALSE(isIdentifier(std::string(201, 'a')));
}

TEST(Names, IndicesAreDecimalNumbersInBrackets) {
  for (const char* name : {"w", "w[0]", "w[12][3]", "w[999999999]"}) EXPECT_TRUE(isObjectName(name)) << name;
  for (const char* name : {"[0]", "w[]", "w[0", "w0]", "w[-1]", "w[01]", "w[a]", "w[0]x", "w[1234567890]"}) {
    EXPECT_FALSE(isObjectName(name)) << name;
  }
}

TEST(Names, ObjectsMayBeElementsOfArraysAndPartsOfTemplates) {
  for (const char* name : {"alu", "pe[0][1].alu", "pe.alu", "a.b.c[3].d"})
    EXPECT_TRUE(isObjectName(name)) << name;
  for (const char* name : {"", ".", "a.", ".a", "a..b", "pe[0]alu", "pe[0].[1]", "a b"}) {
    EXPECT_FALSE(isObjectName(name)) << name;
  }
}

TEST(Names, WordsOfTheExpressionLanguageAreReserved) {
  for (const char* name :
       {"and", "or", "not", "if", "min", "max", "ceil", "floor", "abs", "bits", "words", "beats"}) {
    EXPECT_TRUE(isReservedName(name)) << name;
  }
  EXPECT_FALSE(isReservedName("rows"));
  EXPECT_FALSE(isReservedName("minimum"));
}

}  // namespace
}  // namespace taktwerk
