// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing of a model vanishes: each node is a layer, part of one, another look at what it reads, a constant
// of constants, or is named in a diagnostic.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/import/model_builder.h"
#include "tests/support/places.h"
#include "tests/support/property_seed.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// What a graph inside a node reads from around it; written apart from the importer's own.
void readFromAround(const onnx::GraphProto& graph, std::set<std::string> own, std::set<std::string>& read) {
  for (const auto& input : graph.input()) own.insert(input.name());
  for (const auto& tensor : graph.initializer()) own.insert(tensor.name());
  for (const auto& node : graph.node()) own.insert(node.output().begin(), node.output().end());
  for (const auto& node : graph.node()) {
    for (const std::string& input : node.input()) {
      if (!input.empty() && !own.contains(input)) read.insert(input);
    }
    for (const auto& attribute : node.attribute()) readFromAround(attribute.g(), own, read);
  }
  for (const auto& output : graph.output()) {
    if (!own.contains(output.name())) read.insert(output.name());
  }
}

std::set<std::string> readBy(const onnx::NodeProto& node) {
  std::set<std::string> read;
  for (const std::string& input : node.input()) {
    if (!input.empty()) read.insert(input);
  }
  for (const auto& attribute : node.attribute()) {
    if (attribute.has_g()) readFromAround(attribute.g(), {}, read);
  }
  return read;
}

bool namedIn(const Diagnostics& diagnostics, const std::string& name) {
  return std::any_of(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& d) {
    return d.message.find('"' + name + '"') != std::string::npos;
  });
}

/// The nodes and outputs of which nothing is left without a word.
std::vector<std::string> vanished(const onnx::ModelProto& model, const Result<Network>& imported) {
  if (!imported)
    return hasErrors(imported.diagnostics) ? std::vector<std::string>{} : std::vector<std::string>{"all"};
  // Other looks at the same elements, and what is folded into the layer before or behind.
  static const std::set<std::string> parts{"Identity",
                                           "Dropout",
                                           "Cast",
                                           "QuantizeLinear",
                                           "DequantizeLinear",
                                           "Reshape",
                                           "Flatten",
                                           "Squeeze",
                                           "Unsqueeze",
                                           "Transpose",
                                           "Pad",
                                           "BatchNormalization",
                                           "Add",
                                           "Sub",
                                           "Mul"};
  std::set<std::string> constants, layers;
  for (const auto& tensor : model.graph().initializer()) constants.insert(tensor.name());
  for (const Layer& layer : imported->layers) layers.insert(layer.name);
  std::vector<std::string> gone;
  for (const auto& node : model.graph().node()) {
    const std::set<std::string> read = readBy(node);
    const bool ofConstants = (node.op_type() == "Constant" || !read.empty()) &&
                             std::all_of(read.begin(), read.end(),
                                         [&](const std::string& name) { return constants.contains(name); });
    if (ofConstants || node.op_type() == "Shape") {
      constants.insert(node.output().begin(), node.output().end());
      continue;
    }
    std::string layer = node.name();
    layer.erase(0, layer.find_first_not_of('/'));
    if (layers.contains(layer) || namedIn(imported.diagnostics, node.name())) continue;
    if (!parts.contains(node.op_type())) gone.push_back(node.op_type() + ' ' + node.name());
  }
  for (const auto& output : model.graph().output()) {
    if (constants.contains(output.name()) && !namedIn(imported.diagnostics, output.name())) {
      gone.push_back("output " + output.name());
    }
  }
  return gone;
}

/// A graph attribute: `type` of what is read from around.
onnx::GraphProto& subgraph(ModelBuilder::Node node, const std::string& attribute) {
  auto* added = node.proto().add_attribute();
  added->set_name(attribute);
  added->set_type(onnx::AttributeProto::GRAPH);
  return *added->mutable_g();
}

void innerNode(onnx::GraphProto& graph, const std::string& type, const std::vector<std::string>& inputs,
               const std::string& output, const Shape& stated = {}) {
  auto* node = graph.add_node();
  node->set_op_type(type);
  for (const std::string& input : inputs) node->add_input(input);
  node->add_output(output);
  auto* info = graph.add_output();
  info->set_name(output);
  if (!stated.empty()) ModelBuilder::describe(*info, output, stated);
}

/// A convolution, a choice between two branches that read it, and a convolution.
ModelBuilder choice(const Shape& thenShape, const Shape& elseShape) {
  ModelBuilder m;
  m.input("x", {1, 3, 8, 8}).weight("w1", {4, 3, 3, 3}).weight("w2", {4, 4, 3, 3});
  m.weight("condition", {}, onnx::TensorProto::BOOL);
  m.node("Conv", {"x", "w1"}, "c").ints("pads", {1, 1, 1, 1});
  ModelBuilder::Node node = m.node("If", {"condition"}, "chosen");
  innerNode(subgraph(node, "then_branch"), "Identity", {"c"}, "t", thenShape);
  innerNode(subgraph(node, "else_branch"), "Relu", {"c"}, "e", elseShape);
  m.node("Conv", {"chosen", "w2"}, "y").ints("pads", {1, 1, 1, 1});
  m.output("y");
  return m;
}

TEST(OnnxAccount, ABranchThatReadsWhatIsComputedIsNoConstantThoughItsConditionIs) {
  const ModelBuilder m = choice({1, 4, 8, 8}, {1, 4, 8, 8});
  const auto network = m.import();
  ASSERT_TRUE(network) << problemsOf(network);
  EXPECT_EQ(operatorsOf(*network), "conv2d <If> conv2d");
  EXPECT_EQ(network->macs(), 4 * 3 * 9 * 64 + 4 * 4 * 9 * 64);
  ASSERT_EQ(network->layers[1].inputs.size(), 1U) << "it reads what its branches read";
  EXPECT_EQ(network->layers[1].inputs[0], network->layers[0].output);
  EXPECT_FALSE(network->sizeGuessed(network->layers[2])) << "both branches state the shape";
  ASSERT_EQ(network.diagnostics.size(), 1U);
  EXPECT_EQ(network.diagnostics[0].code, "I0008");
  EXPECT_THAT(network.diagnostics[0].message,
              HasSubstr("2 nodes in branches or a body of its own are not read"));
  EXPECT_THAT(vanished(choice({}, {}).model(), network), IsEmpty());
}

TEST(OnnxAccount, BranchesThatStateNothingOrDifferentShapesLeaveAGuess) {
  for (const Shape& other : {Shape{}, Shape{1, 4, 4, 4}}) {
    const auto network = choice({1, 4, 8, 8}, other).import();
    ASSERT_TRUE(network) << problemsOf(network);
    EXPECT_EQ(operatorsOf(*network), "conv2d <If> conv2d");
    EXPECT_THAT(problemsOf(network), HasSubstr("taken to be [1, 4, 8, 8], as \"c\" [I0007]"));
    EXPECT_FALSE(network->sizeGuessed(network->layers[0]));
    EXPECT_TRUE(network->sizeGuessed(network->layers[1]));
    EXPECT_TRUE(network->sizeGuessed(network->layers[2])) << "what follows has the guess in its input";
  }
}

TEST(OnnxAccount, LoopsAndScansWithKnownTripsStandAsLayers) {
  for (const char* type : {"Loop", "Scan"}) {
    const bool loop = type == std::string("Loop");
    ModelBuilder m;
    m.input("x", {1, 8})
        .input("z", {1, 8})
        .numbers("trips", {4})
        .weight("condition", {}, onnx::TensorProto::BOOL);
    m.weight("start", {1, 8});
    m.node("Relu", {"x"}, "r");
    ModelBuilder::Node node = m.node(
        type,
        loop ? std::vector<std::string>{"trips", "condition", "start"} : std::vector<std::string>{"start"},
        "state");
    onnx::GraphProto& body = subgraph(node, "body");
    body.add_input()->set_name("before");
    if (loop) innerNode(body, "Identity", {"condition"}, "again");
    innerNode(body, "Add", {"r", "z"}, "after", {1, 8});
    m.node("Relu", {"state"}, "y");
    const auto network = m.output("y").import();
    ASSERT_TRUE(network) << problemsOf(network);
    EXPECT_EQ(operatorsOf(*network), std::string("relu <") + type + "> relu");
    EXPECT_EQ(network->layers[1].inputs.size(), 2U) << "r, and z, which only the body reads";
    EXPECT_FALSE(network->sizeGuessed(network->layers[2])) << problemsOf(network);
  }
}

TEST(OnnxAccount, WhatABranchReadsIsNotFoldedAway) {
  ModelBuilder m;
  m.input("x", {1, 8}).weight("w", {8, 8}).weight("b", {8}).weight("condition", {}, onnx::TensorProto::BOOL);
  m.node("MatMul", {"x", "w"}, "product");
  ModelBuilder::Node node = m.node("If", {"condition"}, "chosen");
  for (const char* branch : {"then_branch", "else_branch"}) {
    innerNode(subgraph(node, branch), "Identity", {"product"}, branch, {1, 8});
  }
  m.node("Add", {"product", "b"}, "sum");
  m.node("Add", {"sum", "chosen"}, "y");
  EXPECT_EQ(operatorsOf(*m.output("y").import()), "dense <If> add add");
}

TEST(OnnxAccount, ABranchOfConstantsIsAConstant) {
  ModelBuilder m;
  m.input("x", {1, 8}).weight("w", {1, 8}).weight("condition", {}, onnx::TensorProto::BOOL);
  ModelBuilder::Node node = m.node("If", {"condition"}, "chosen");
  for (const char* branch : {"then_branch", "else_branch"}) {
    innerNode(subgraph(node, branch), "Identity", {"w"}, branch, {1, 8});
  }
  m.node("Mul", {"x", "chosen"}, "y");
  const auto network = m.output("y").import();
  ASSERT_TRUE(network) << problemsOf(network);
  EXPECT_EQ(operatorsOf(*network), "multiply");
  EXPECT_THAT(network.diagnostics, IsEmpty());
}

TEST(OnnxAccount, ABranchThatReadsWhatNobodyWritesIsRefused) {
  ModelBuilder m;
  m.input("x", {1, 8}).weight("condition", {}, onnx::TensorProto::BOOL);
  ModelBuilder::Node node = m.node("If", {"condition"}, "y");
  innerNode(subgraph(node, "then_branch"), "Identity", {"x"}, "t");
  innerNode(subgraph(node, "else_branch"), "Identity", {"lost"}, "e");
  const auto network = m.output("y").import();
  EXPECT_FALSE(network);
  EXPECT_THAT(problemsOf(network), HasSubstr("reads \"lost\", which nothing in the file writes"));
}

TEST(OnnxAccount, AConstantOfGuessedShapeIsAGuessInWhatItIsUsedFor) {
  ModelBuilder m;
  m.input("x", {1, 8}).weight("packed", {8, 16});
  m.node("Unpack", {"packed"}, "w").domain("org.example");
  m.node("MatMul", {"x", "w"}, "y");
  const auto network = m.output("y").import();
  ASSERT_TRUE(network) << problemsOf(network);
  EXPECT_EQ(operatorsOf(*network), "dense");
  EXPECT_TRUE(network->sizeGuessed(network->layers[0]));
  EXPECT_TRUE(network->tensor(network->layers[0].output).guessed);
}

TEST(OnnxAccount, AShapeThatIsComputedFromAGuessIsAGuess) {
  ModelBuilder m;
  m.input("x", {2, 8}).input("z", {16}).numbers("all", {-1});
  m.node("GridWarp", {"x"}, "g").domain("org.example");
  m.node("Shape", {"g"}, "s");
  m.node("Reshape", {"z", "s"}, "r");
  m.node("Relu", {"r"}, "y");
  const auto network = m.output("y").import();
  ASSERT_TRUE(network) << problemsOf(network);
  EXPECT_TRUE(network->sizeGuessed(network->layers.back()));
}

TEST(OnnxAccount, AStatedShapeBehindAGuessIsNoGuess) {
  ModelBuilder m;
  m.input("x", {1, 8});
  m.node("GridWarp", {"x"}, "g").domain("org.example");
  m.node("GridWarp", {"g"}, "h").domain("org.example");
  ModelBuilder::describe(*m.graph().add_value_info(), "h", {1, 4});
  m.node("Relu", {"h"}, "y");
  const auto network = m.output("y").import();
  ASSERT_TRUE(network) << problemsOf(network);
  EXPECT_TRUE(network->sizeGuessed(network->layers[1]));
  EXPECT_FALSE(network->sizeGuessed(network->layers[2]));
}

TEST(OnnxAccount, ChannelsThatStandLastAreNotTakenForRows) {
  // Square on purpose: taken for [N, C, H, W], every shape fits.
  ModelBuilder m;
  m.input("x", {1, 8, 8, 8}).weight("w", {8, 8, 3, 3}, onnx::TensorProto::INT8);
  for (const char* name : {"xs", "ws", "ys"}) m.scalar(name, 0.5F);
  for (const char* name : {"xz", "wz", "yz"}) m.weight(name, {}, onnx::TensorProto::UINT8);
  m.node("QLinearConv", {"x", "xs", "xz", "w", "ws", "wz", "ys", "yz"}, "y")
      .domain("com.microsoft")
      .integer("channels_last", 1);
  const auto network = m.output("y").import();
  ASSERT_TRUE(network) << problemsOf(network);
  EXPECT_EQ(operatorsOf(*network), "<QLinearConv>");
  EXPECT_TRUE(network->sizeGuessed(network->layers[0]))
      << "the output has fewer rows, and nothing says how many";
}

TEST(OnnxAccount, NodesWithoutAFirstOutputStandAndThoseWithoutAnyAreNamed) {
  ModelBuilder m;
  m.input("x", {1, 8});
  ModelBuilder::Node last = m.node("LSTM", {"x"}, "");
  last.proto().set_name("cells");
  last.proto().add_output("state");
  ModelBuilder::Node print = m.node("Print", {"x"}, "");
  print.proto().set_name("print");
  print.proto().clear_output();
  ModelBuilder::Node unused = m.node("GridWarp", {"x"}, "nobody");
  unused.domain("org.example");
  m.node("Relu", {"state"}, "y");
  const auto network = m.output("y").import();
  ASSERT_TRUE(network) << problemsOf(network);
  EXPECT_EQ(operatorsOf(*network), "<LSTM> <GridWarp> relu");
  EXPECT_THAT(problemsOf(network), HasSubstr("node \"print\" (\"Print\"): writes nothing that has a name"));
  EXPECT_THAT(vanished(m.model(), network), IsEmpty());
}

TEST(OnnxAccount, AnOutputThatFollowsFromNoInputIsNamed) {
  ModelBuilder m;
  m.input("x", {1, 8}).weight("w", {1, 8});
  m.node("Relu", {"x"}, "y");
  m.node("Neg", {"w"}, "fixed");
  m.output("y").output("fixed");
  const auto network = m.import();
  ASSERT_TRUE(network) << problemsOf(network);
  EXPECT_THAT(problemsOf(network), HasSubstr("the output \"fixed\" is a constant"));
}

TEST(OnnxAccount, FunctionsOfTheFileStandAsLayersAndAreNamed) {
  ModelBuilder m;
  m.input("x", {1, 8});
  m.node("Block", {"x"}, "y").domain("my.blocks");
  auto* function = m.model().add_functions();
  function->set_name("Block");
  function->set_domain("my.blocks");
  for (int i = 0; i < 3; ++i) function->add_node()->set_op_type("Relu");
  const auto network = m.output("y").import();
  ASSERT_TRUE(network) << problemsOf(network);
  EXPECT_EQ(operatorsOf(*network), "<Block>");
  EXPECT_THAT(problemsOf(network), HasSubstr("3 nodes in a function of the file are not read"));
}

TEST(OnnxAccount, WarningsThatAreNotShownAreCounted) {
  ModelBuilder m;
  m.input("x", {1, 8});
  for (int i = 0; i < 80; ++i) {
    m.node("GridWarp", {"x"}, "g" + std::to_string(i)).domain("org.example");
  }
  const auto network = m.output("g0").import();
  ASSERT_TRUE(network);
  EXPECT_EQ(network->layers.size(), 80U);
  EXPECT_THAT(problemsOf(network), HasSubstr("30 more warnings are not shown [I0000]"));
}

/// Graphs of everything that could get lost: computed and constant operands, branches, bodies, outputs that
/// are empty or that nobody reads, operators that nobody knows.
class RandomGraphs {
 public:
  explicit RandomGraphs(std::uint32_t seed) : random_(seed) {}

  ModelBuilder next() {
    ModelBuilder m;
    m.input("x", {1, 8}).weight("w", {1, 8}).weight("condition", {}, onnx::TensorProto::BOOL);
    values_ = {"x", "w"};
    const int nodes = 2 + below(12);
    for (int i = 0; i < nodes; ++i) add(m, "v" + std::to_string(i));
    m.node("Relu", {"x"}, "last");
    m.output("last");
    for (int i = below(3); i > 0; --i) {
      const std::string output = pick();
      if (output != "x" && output != "w") m.output(output);
    }
    return m;
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  std::string pick() { return values_[static_cast<std::size_t>(below(static_cast<int>(values_.size())))]; }

  void add(ModelBuilder& m, const std::string& name) {
    static const std::vector<std::string> plain{"Relu",     "Identity", "Sigmoid", "Neg",
                                                "GridWarp", "Optional", "Shape",   "SequenceConstruct"};
    switch (below(5)) {
      case 0:
        m.node("Add", {pick(), pick()}, name);
        break;
      case 1: {
        ModelBuilder::Node node =
            m.node(below(2) == 0 ? "If" : "Scan", {below(2) == 0 ? "condition" : pick()}, name);
        for (const char* branch : {"then_branch", "else_branch"}) {
          onnx::GraphProto& graph = subgraph(node, branch);
          innerNode(graph, "Add", {pick(), pick()}, name + branch, below(2) == 0 ? Shape{1, 8} : Shape{});
        }
        break;
      }
      case 2: {
        ModelBuilder::Node node = m.node("LSTM", {pick()}, below(2) == 0 ? "" : name + "_sequence");
        node.proto().set_name(name + "_node");
        node.proto().add_output(name);
        break;
      }
      case 3:
        if (below(3) == 0) {
          m.node("Print", {pick()}, name).proto().clear_output();
          return;
        }
        [[fallthrough]];
      default:
        m.node(plain[static_cast<std::size_t>(below(static_cast<int>(plain.size())))], {pick()}, name);
    }
    values_.push_back(name);
  }

  std::mt19937 random_;
  std::vector<std::string> values_;
};

TEST(OnnxAccount, NothingOfRandomGraphsVanishes) {
  const std::uint32_t first = propertySeed();
  int networks = 0;
  for (std::uint32_t seed = first; seed != first + 2000; ++seed) {
    SCOPED_TRACE(seedTrace(seed));
    const ModelBuilder m = RandomGraphs(seed).next();
    const auto network = ModelBuilder(m).import();
    ModelBuilder copy = m;
    ASSERT_THAT(vanished(copy.model(), network), IsEmpty())
        << copy.model().DebugString() << problemsOf(network);
    networks += network.value.has_value();
  }
  EXPECT_GT(networks, 500);
}

TEST(OnnxAccount, NothingOfRealFilesVanishes) {
  for (const char* name : {"resnet18", "alexnet", "mlperf_tiny_ds_cnn", "mlperf_tiny_resnet8"}) {
    std::ifstream file(taktwerk::sourceDirectory() + "/tests/data/onnx/" + name + ".onnx", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    onnx::ModelProto model;
    ASSERT_TRUE(model.ParseFromString(bytes));
    // Layers keep only names that people can read; here every node has one.
    for (int i = 0; i < model.graph().node_size(); ++i) {
      model.mutable_graph()->mutable_node(i)->set_name("node" + std::to_string(i));
    }
    EXPECT_THAT(vanished(model, parseOnnx(model.SerializeAsString(), "m.onnx")), IsEmpty()) << name;
  }
}

}  // namespace
}  // namespace taktwerk::test
