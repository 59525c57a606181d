// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/mapping/mapping_support.h"

namespace taktwerk {
namespace {

std::vector<std::string> lines(const std::string& rest) {
  const auto machine = smallMachine();
  const auto mapped = mapFirst(denseMapping(rest), denseNetwork(), *machine);
  if (!mapped) return {text(mapped.diagnostics)};
  return unrolled(mapped->program, *machine);
}

using Lines = std::vector<std::string>;

TEST(Storages, LieOneBehindTheOtherFromTheFirstLegalAddress) {
  EXPECT_EQ(lines(R"(tensors:
  input: {memory: dmem}
  weight: {memory: dmem, align: 8}
  bias: {memory: all}
  output: {memory: dmem, base: 1000 + p}
program:
  - mac output[1, 6] <- input[1, 4], weight[6, 4], bias[3], output[0]
)"),
            (Lines{"mac <dmem[109] <dmem[146] <all[3] <dmem[1003] >dmem[1016]"}));
}

TEST(Storages, GoOnInTheNextRangeWhenOneIsFull) {
  EXPECT_EQ(lines(R"(tensors:
  input: {memory: dmem, halo: {C: [0, 250]}}
  weight: {memory: dmem, halo: {C: [0, 15]}}
program:
  - mac <- input[1, 254], weight[0, 0]
)"),
            (Lines{"mac <dmem[609] <dmem[1000]"}));
}

TEST(Storages, TakeOrderHaloPitchesAndPacking) {
  EXPECT_EQ(
      lines(R"(tensors:
  input: {memory: all, order: [C, N], halo: {N: [1, 2]}}
  weight: {memory: all, base: 1000, pitches: {K: 8}}
  output: {memory: all, base: 2000, halo: {K: [0, 1]}, pack: 4}
program:
  - mac output[1, 4] <- input[-1, 0], input[0, 0], input[3, 4], weight[2, 1]
  - store output[0, i * 4] for i in 2 <- regs.r0
)"),
      (Lines{"mac <all[0] <all[1] <all[24] <all[1017] >all[2003]", "store <regs.r0 >all[2000] >all[2001]"}));
}

TEST(Storages, MayBeSeenWithOtherAxes) {
  EXPECT_EQ(lines(R"(tensors:
  output: {memory: all, axes: {N: N, A: 1, K: K}, order: [K, A, N]}
program:
  - store output[1, 0, 3] <- regs.r0
)"),
            (Lines{"store <regs.r0 >all[7]"}));
}

TEST(Storages, HoldCopiesOfTiles) {
  EXPECT_EQ(lines(R"(tensors:
  input: {memory: all}
buffers:
  tile: {memory: all, shape: [2, p], copies: 2, align: 16}
program:
  - for: k
    in: 3
    do:
      - load tile[k % 2, 1, 0] words p <- input[0, k] words 1
)"),
            (Lines{"load <all[0] >all[19]x3", "load <all[1] >all[25]x3", "load <all[2] >all[19]x3"}));
}

TEST(Storages, TellWordsAndBits) {
  EXPECT_EQ(lines(R"(tensors:
  input: {memory: all, halo: {C: [1, 1]}}
buffers:
  tile: {memory: all, shape: [4]}
values:
  total: words(input) + words(tile)
  widest: max(bits(input), bits(weight), bits(bias), bits(output))
program:
  - nop with a = words(input), b = total, c = widest, d = bits(weight), e = arch.p
)"),
            (Lines{"nop a=14 b=18 c=16 d=4 e=3"}));
}

TEST(Storages, MissingOperandsTakeNoSpace) {
  const Network network = valueOf(parseNetwork(R"(
format: taktwerk-network/1
name: dense
tensors:
  x: {shape: [1, 5], role: input}
  w: {shape: [7, 5], role: weight}
  y: {shape: [1, 7], role: output}
layers:
  - {name: layer, operator: dense, dimensions: {C: 5, K: 7}, inputs: [x, w], output: y}
)",
                                               "n"));
  const std::string storages = "tensors:\n  bias: {memory: all}\n  output: {memory: all}\n";
  const auto machine = smallMachine();
  const auto good =
      mapFirst(denseMapping(storages + "program:\n  - when: bits(bias) > 0\n    do:\n      - load regs.r0 <- "
                                       "bias[0]\n    else:\n      - load regs.r1 <- output[0]\n"),
               network, *machine);
  ASSERT_TRUE(good) << text(good.diagnostics);
  EXPECT_EQ(unrolled(good->program, *machine), (Lines{"load >regs.r1 <all[0]"}));
  const auto bad =
      mapFirst(denseMapping(storages + "program:\n  - load regs.r0 <- bias[0]\n"), network, *machine);
  ASSERT_FALSE(bad);
  EXPECT_NE(
      text(bad.diagnostics).find("m.yaml:8:21: error: the layer has no bias; test bits(bias) > 0 first"),
      std::string::npos)
      << text(bad.diagnostics);
}

struct BadStorage {
  std::string rest;
  std::string message;
};

class BadStorages : public testing::TestWithParam<BadStorage> {};

TEST_P(BadStorages, AreReportedWithBothFigures) {
  const auto found = lines(GetParam().rest);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found.front().find(GetParam().message), std::string::npos) << found.front();
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadStorages,
    testing::Values(
        BadStorage{"tensors:\n  input: {memory: dmem, halo: {C: [300, 0]}}\nprogram: []\n",
                   "m.yaml:5:3: error: tensor \"input\" needs 610 words, but memory \"dmem\" holds 1000 "
                   "words, 0 of them taken"},
        BadStorage{"tensors:\n  input: {memory: dmem, base: 695}\nprogram: []\n",
                   "m.yaml:5:3: error: tensor \"input\" takes 10 words from address 695 on, which memory "
                   "\"dmem\" does not have; its capacity is 1000 words"},
        BadStorage{"tensors:\n  input: {memory: dmen}\nprogram: []\n",
                   "m.yaml:5:19: error: the architecture has no memory \"dmen\"; did you mean \"dmem\"?"},
        BadStorage{"tensors:\n  input: {memory: all, halo: {W: [1, 1]}}\nprogram: []\n",
                   "m.yaml:5:31: error: \"input\" has no axis \"W\"; it has N, C"},
        BadStorage{"tensors:\n  input: {memory: all, order: [N]}\nprogram: []\n",
                   "must name each of its 2 axes once"},
        BadStorage{"tensors:\n  input: {memory: all, order: [N, N]}\nprogram: []\n",
                   "the order names N twice"},
        BadStorage{"tensors:\n  weight: {memory: all, pitches: {K: 4}}\nprogram: []\n",
                   "the pitch of K is 4, but the axes inside it take 5 words"},
        BadStorage{"tensors:\n  weight: {memory: all, axes: {K: K}}\nprogram: []\n",
                   "the axes of \"weight\" hold 7 elements, tensor \"w\" has 35"},
        BadStorage{"tensors:\n  input: {memory: all, halo: {C: [4611686018427387904, "
                   "4611686018427387904]}}\nprogram: []\n",
                   "64 bits"},
        BadStorage{"tensors:\n  input: {memory: all}\nprogram:\n  - load regs.r0 <- input[0, 5]\n",
                   "m.yaml:7:30: error: index 2 (C) of \"input\" runs from 5 to 5, legal is 0 to 4; padding "
                   "needs a halo"},
        BadStorage{"tensors:\n  input: {memory: all}\nprogram:\n  - load regs.r0 <- input[0, 0, 0]\n",
                   "\"input\" takes 2 indices, or one for all its elements, found 3"},
        BadStorage{"tensors:\n  input: {memory: all}\nprogram:\n  - load regs.r0 <- input[1, 4] words 2\n",
                   "runs beyond the end of \"input\", which takes 10 words"},
        BadStorage{"tensors:\n  output: {memory: all, pack: 4}\nprogram:\n  - for: k\n    in: K\n    do:\n   "
                   "   - store output[0, k] <- regs.r0\n",
                   "must advance in multiples of pack, 4"},
        BadStorage{"buffers:\n  tile: {memory: all, shape: [K - 7]}\nprogram: []\n",
                   "an extent of tile must be a whole number of at least 1, is 0"}));

}  // namespace
}  // namespace taktwerk
