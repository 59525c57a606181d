// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/onnx_importer.h"

#include <limits>

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/logging.h>

#include "core/import/onnx_graph.h"

namespace taktwerk {

namespace {

Diagnostic refused(const std::string& file, std::string message) {
  return {Severity::Error, file, {1, 1}, "I0004", std::move(message), {}};
}

}  // namespace

Result<Network> parseOnnx(std::string_view bytes, const std::string& file, const ImportOptions& options) {
  if (bytes.empty()) return refused(file, "the file is empty; an ONNX model was expected");
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    return refused(file, "the file is larger than any ONNX model can be");
  }
  const google::protobuf::LogSilencer silent;
  google::protobuf::io::CodedInputStream stream(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                                static_cast<int>(bytes.size()));
  constexpr int deepestNesting = 64;
  stream.SetRecursionLimit(deepestNesting);
  onnx::ModelProto model;
  if (!model.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage()) {
    return refused(file, "this is no ONNX model, or it is cut off or damaged");
  }
  if (!model.has_graph()) return refused(file, "this is no ONNX model: there is no graph in it");
  return OnnxGraphReader(model, file, options).run();
}

}  // namespace taktwerk
