// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/digest.h"
#include "core/mapping/compiled_expression.h"

namespace taktwerk {

/// What a `*.mapping.yaml` says, names resolved. In short (the language: resources/guide/formats.md):
///
///     format: taktwerk-mapping/1
///     name: dense, one output at a time
///     takes: dense
///     tensors:
///       input: {memory: dmem}
///       weight: {memory: dmem}
///       output: {memory: dmem}
///     program:
///       - for: k
///         in: K
///         do:
///           - mov regs.acc <- regs.zero
///           - for: c
///             in: C
///             do:
///               - load regs.w <- weight[k, c]
///               - load regs.x <- input[0, c]
///               - mac regs.acc <- regs.acc, regs.w, regs.x
///           - store output[0, k] <- regs.acc
///
/// **takes** One operator, a list of alternatives (`[relu, relu6]`), or a chain, a list of maps
/// `{operator: conv1d, as: conv}`, `{operator: relu, as: act, optional: true}`: each step reads what the
/// one before it wrote, and nobody else does. The longest chain that fits is taken.
///
/// **Names in expressions** (arithmetic: core/base/expression.h). Of the first step its dimensions (`K`),
/// of any step `conv.K`; `act.present` is 1 or 0; `bits(weight)` bits of an element, 0 for a missing
/// operand; `words(weight)` words it takes in its memory; architecture parameters, `arch.rows` or bare;
/// tunables; values; loop variables and `let` names. What is nearest wins, nothing may be named twice.
/// Tensors are `input`, `weight`, `bias`, `a`, `b` of the first step, `output` of the last, or
/// `act.input`, …; `sum.other` is the operand of a sum that does not come from the chain.
///
/// **requires** `[{condition: groups == 1, reason: groups are not supported}]`.
/// **tunables** `tile: {default: 8, values: [4, 8, 16]}` or `minimum`, `maximum`, `step`; all expressions.
/// **values** `tiles: ceil(K / tile)`: computed in order. Or found step by step: `tile: {begin: {rows: P},
/// while: tile.rows > 23, next: {rows: tile.rows - 1}}` gives `tile.rows`; after `mostRounds` it has failed.
///
/// **tensors** where operands lie: `memory`; `base` (else one behind the other, aligned to `align`);
/// `order: [N, W, C]` of the axes' letters, outermost first; `halo: {W: [before, after]}` extra elements
/// around, addressed by negative indices and ones beyond the extent: padding without branches; `pitches:
/// {C: 128}`; `pack: 4` elements of the innermost axis share a word; `axes: {N: N, K: K}` another view of
/// as many elements. An index out of axis and halo is an error, and so is exceeding the memory's
/// `address_ranges`, with both figures. One element takes one word if nothing else is said.
/// `addresses: simplified` says of a tensor that its accesses do not tell the places of what they move: how
/// much of it is read or written is then not decided, only that some of it is.
/// **buffers** tiles on chip: `memory`, `shape: [tile_m, tile_k]`, `copies: 2` (the copy is the first index).
/// `holds: output` says that it is a tensor in a layout of its own, an element a word at most.
///
/// **program** a list of
///  - instructions: `operation writes <- reads with name = value, … on unit when condition`. Registers are
///    `file.register` (where both exist, `x.y[i]` is a memory); memory is `tensor[indices]`,
///    `buffer[indices]` or `memory[address]`, with ` words n` for more than one; a suffix `for i in n` makes
///    one access for each i. Names may hold indices: `pe[r][c].regs.a`, `regs.r{i}`. Or as a map: `{op: mac,
///    read: [...], write: [...], load: [...], store: [...], immediates: {k: K}, unit: alu, when: ...}`.
///  - `for: k`, `in: K` (0 … K−1) or `from`, `to` (exclusive), `step`; `do`. `unroll: n` copies the body n
///    times, the remainder follows.
///  - `tile: m`, `in: M`, `by: tile_m`, `as: mt`: m is the tile's first element, `m.length` its length (the
///  last
///    one is shorter), mt its number.
///  - either kind with `stages: [[…], […]]` in place of `do`: software pipelining. Stage s of iteration i
///    runs beside stage s − 1 of iteration i + 1; prologue and epilogue come out by themselves.
///  - `loops: [{for: n, in: N}, {tile: m, …}]`, `orders: [[n, m], [m, n]]`, `order: order`, `do`: loops
///    around one body, nested as the tunable's value says. Read as a `when` for each order.
///  - `spatial: r`, `in: rows`, `do`: the body once for each r, at the same place of the program.
///  - `when: condition`, `do`, `else`.
///  - `let: {x: expression}` names a value for what follows in the list.
///
/// **Loop variables.** Addresses are affine in them. Where a condition, a trip count, `min`, `max`, `%` or
/// `//` is not the same for a whole loop, the loop is split so that it is within each part (first, middle
/// and last iterations; border and inside). If it depends on several variables the outer one is taken value
/// by value, and equal neighbours become loops again (at most `mostParts` parts a loop). `v % n` unrolls the
/// loop by n where n is at most `mostUnrolledForAddresses` or a register or unit depends on it; else the
/// loop becomes two nested ones. Registers, units, operations and immediates may not depend on a loop
/// variable in any other way.
///
/// **What is left out.** A mapping reads its operands and writes its result, all of it: what of that can be
/// decided is checked (omissions.h), and a mapping that leaves something out takes no layer. Two kinds do
/// neither, and say so:
///  - **result: in place** for layers that only change a shape (flatten, reshape): the result is the
///  operand's
///    words as they are, the program is empty;
///  - **stands_for** `{layer: {products: C * K * F * Q, results: K * Q}}`: what one instruction of an
///  operation
///    stands for, over its immediates and the architecture's parameters. In a mapping without accesses these
///    must account for the layers' multiply-accumulates and for the elements of the result; in others
///    what is given is counted.
///
/// **overlap: next** this layer's program and the next one's are timed as one.
inline constexpr std::int64_t mostParts = 4096;
inline constexpr std::int64_t mostUnrolledForAddresses = 8;
inline constexpr std::int64_t mostUnrolled = 1024;
inline constexpr std::int64_t mostRounds = 100'000;
inline constexpr std::size_t deepestLoops = 32;
inline constexpr std::size_t mostAxesOfStorage = 8;

/// A name with computed parts: texts[0] hole[0] texts[1] …
struct NamePattern {
  std::uint32_t index = 0;  ///< numbered through the document
  std::vector<std::string> texts;
  std::vector<CompiledExpression> holes;
  SourcePosition position;
};

/// `for i in n`: one for each i.
struct AccessRange {
  SlotIndex variable = 0;
  CompiledExpression count;
};

struct RegisterReference {
  NamePattern name;
  std::optional<AccessRange> range;
};

struct MemoryReference {
  std::optional<std::uint32_t> storage;  ///< into `MappingDocument::storages`, or
  NamePattern memory;                    ///< a memory by name; then one index, the address
  NamePattern asRegister;  ///< the same text as a register's name, should there be no such memory
  std::vector<CompiledExpression> indices;
  std::optional<CompiledExpression> words;
  std::optional<AccessRange> range;
  SourcePosition position;
};

struct InstructionNode {
  std::uint32_t index = 0;  ///< numbered through the document
  std::string operation;
  std::vector<RegisterReference> reads, writes;
  std::vector<MemoryReference> loads, stores;
  std::vector<std::pair<std::string, CompiledExpression>> immediates;  ///< by name
  std::optional<NamePattern> unit;
  std::optional<CompiledExpression> guard;
};

struct ProgramNode;
using ProgramNodes = std::vector<ProgramNode>;

struct LoopNode {
  std::string name;
  SlotIndex variable = 0;
  CompiledExpression from, to, step;  ///< of a tile loop `step` is the tile's size
  bool tiled = false;
  SlotIndex length = 0, number = 0;  ///< of a tile loop
  std::optional<CompiledExpression> unroll;
  std::vector<ProgramNodes> stages;  ///< one without pipelining
};

struct SpatialNode {
  SlotIndex variable = 0;
  CompiledExpression from, to, step;
  ProgramNodes body;
};

struct WhenNode {
  CompiledExpression condition;
  ProgramNodes body, otherwise;
};

struct LetNode {
  std::vector<std::pair<SlotIndex, CompiledExpression>> values;
};

struct ProgramNode {
  SourcePosition position;
  std::variant<InstructionNode, LoopNode, SpatialNode, WhenNode, LetNode> content;
};

/// One step of the chain a mapping takes.
struct ChainStep {
  std::string alias;
  std::vector<std::string> operators;
  bool optional = false;
  SourcePosition position;
};

struct Requirement {
  CompiledExpression condition;
  std::string reason;
  bool onTunables = false;  ///< depends on tunables, so that another choice of them may meet it
};

struct TunableDeclaration {
  std::string name;
  SlotIndex slot = 0;
  CompiledExpression defaultValue;
  std::vector<CompiledExpression> values;  ///< or
  std::optional<CompiledExpression> minimum, maximum, step;
  std::string description;
  SourcePosition position;
};

/// Values that are found step by step, as the tile rules of libraries and compilers find theirs: from what
/// they `begin` with, `next` follows as long as the condition holds, all of it at once from the values
/// before.
struct RepeatedValues {
  using Values = std::vector<std::pair<SlotIndex, CompiledExpression>>;
  Values begin;
  Values helpers;  ///< `let`: computed from the values in order, before each test of the condition
  CompiledExpression condition;
  Values next;  ///< the others stay as they are
};

struct ValueDeclaration {
  std::string name;
  SlotIndex slot = 0;  ///< of a repetition its first value's
  std::variant<CompiledExpression, RepeatedValues> value;
};

/// An operand of a step: `name` as the operator table has it, or "other".
struct OperandName {
  static constexpr std::uint32_t lastStep = 0xFFFFFFFF;  ///< the last step that is present
  std::uint32_t step = 0;
  std::string name;
};

/// Where a tensor or a buffer lies.
struct StorageDeclaration {
  std::string name;
  std::optional<OperandName> operand;  ///< none: a buffer
  std::optional<OperandName> holds;    ///< of a buffer: the tensor that it is
  bool simplified = false;             ///< addresses do not tell how much of an operand is read
  std::string memory;
  std::optional<CompiledExpression> base, align, pack, copies;
  std::vector<std::string> order;
  struct AxisValue {
    std::string letter;
    CompiledExpression first, second;
    SourcePosition position;
  };
  std::vector<AxisValue> axes;  ///< `first` is the extent; of a buffer without letters
  std::vector<AxisValue> halo;  ///< before, after
  std::vector<AxisValue> pitches;
  SourcePosition position, memoryPosition;
};

/// A name that is known only with layers and a machine.
struct ExternalName {
  enum class Kind : std::uint8_t {
    Dimension,
    Present,
    BitCount,
    WordCount,
    Architecture,
    DimensionOrArchitecture
  };
  Kind kind = Kind::Architecture;
  SlotIndex slot = 0;
  std::string name;           ///< as written
  std::string key;            ///< dimension or parameter
  OperandName operand;        ///< of BitCount; its step also of Dimension and Present
  std::uint32_t storage = 0;  ///< of WordCount
};

/// What one instruction of an operation stands for, over its immediates and parameters of the architecture.
struct StandsFor {
  std::string operation;
  std::optional<PlacedExpression> products;  ///< multiply-accumulates
  std::optional<PlacedExpression> results;   ///< elements of the result
  SourcePosition position;
};

struct MappingDocument {
  std::string name;
  std::string file;
  std::string description;
  std::vector<ChainStep> steps;
  std::vector<Requirement> requirements;
  std::vector<TunableDeclaration> tunables;
  std::vector<ValueDeclaration> values;
  std::vector<StorageDeclaration> storages;
  std::vector<ExternalName> externals;
  std::vector<std::string> slotNames;  ///< by SlotIndex, for messages
  ProgramNodes program;
  std::uint32_t instructionCount = 0;
  std::uint32_t patternCount = 0;
  bool overlapNext = false;
  bool inPlace = false;  ///< `result: in place`
  std::vector<StandsFor> standsFor;
  SourcePosition programPosition;
  Diagnostics omissions;                         ///< what it leaves out of every layer (omissions.h)
  std::vector<std::string> parameters;           ///< of an architecture, that it names; in alphabetical order
  std::vector<std::string> conditionParameters;  ///< those of them that decide which layers it takes
  Digest content;                                ///< of the file's text and name
};

}  // namespace taktwerk
