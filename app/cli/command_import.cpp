// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "core/base/files.h"
#include "core/base/quotes.h"
#include "core/import/import_network.h"
#include "core/import/scalesim_configuration.h"
#include "core/study/workspace.h"

namespace taktwerk::cli {

namespace {

struct ImportArguments {
  std::string file;
  std::string out;
  std::string architecture;
  std::string network;
  std::vector<std::string> axes;
  std::optional<std::string> batch, bits;
};

std::variant<ImportOptions, Misuse> optionsFrom(const ImportArguments& arguments) {
  ImportOptions options;
  if (arguments.batch) {
    const auto batch = countArgument("--batch", *arguments.batch, 1);
    if (const auto* misuse = std::get_if<Misuse>(&batch)) return *misuse;
    options.batch = std::get<std::int64_t>(batch);
  }
  if (arguments.bits) {
    const auto bits = countArgument("--bits", *arguments.bits, 1);
    if (const auto* misuse = std::get_if<Misuse>(&bits)) return *misuse;
    options.bits = std::get<std::int64_t>(bits);
  }
  for (const std::string& text : arguments.axes) {
    const std::size_t equal = text.find('=');
    if (equal == std::string::npos || equal == 0)
      return Misuse{"--axis wants NAME=SIZE, not " + inQuotes(text)};
    const auto size = countArgument("--axis", text.substr(equal + 1), 1);
    if (const auto* misuse = std::get_if<Misuse>(&size)) return *misuse;
    options.axes[text.substr(0, equal)] = std::get<std::int64_t>(size);
  }
  return options;
}

/// `path` as it is seen from the folder of `file`.
std::string relativeTo(const std::string& path, const std::string& file) {
  std::error_code failed;
  const auto folder = std::filesystem::absolute(file, failed).parent_path();
  const auto relative = std::filesystem::absolute(path, failed).lexically_relative(folder);
  return relative.empty() ? path : relative.generic_string();
}

ExitStatus write(const std::string& out, const std::string& text, const Console& console) {
  const Diagnostics problems = writeFileAtomically(out, text);
  if (hasErrors(problems)) return console.refuse(problems);
  return console.finish();
}

/// The architecture systolic-array that came with this program, or empty.
std::string shippedSystolicArray() {
  std::error_code failed;
  std::vector<std::filesystem::path> roots;
  if (const char* data = std::getenv("TAKTWERK_DATA")) roots.emplace_back(data);
  const auto program = std::filesystem::read_symlink("/proc/self/exe", failed).parent_path();
  roots.push_back(program / "../share/taktwerk");
  roots.push_back(program / "../../..");
  for (const auto& root : roots) {
    const auto file = root / "archs/systolic-array/systolic-array.arch.yaml";
    if (std::filesystem::is_regular_file(file, failed))
      return std::filesystem::canonical(file, failed).string();
  }
  return {};
}

/// Without `--out` the parameters as `--set` takes them, with it a workspace.
ExitStatus importConfiguration(const ImportArguments& arguments, const Console& console) {
  const auto configuration = readScaleSimConfiguration(arguments.file);
  console.report(configuration.diagnostics);
  if (!configuration) return ExitStatus::WrongInput;
  if (arguments.out.empty()) {
    for (const auto& [name, value] : configuration->parameters) console.out() << name << '=' << value << '\n';
    return console.finish();
  }
  if (!arguments.out.ends_with(".taktwerk")) {
    return console.misused(
        "a configuration becomes a workspace: --out wants a name that ends with .taktwerk");
  }
  const std::string architecture =
      arguments.architecture.empty() ? shippedSystolicArray() : arguments.architecture;
  if (architecture.empty()) {
    return console.misused("a workspace needs the architecture: --arch FILE, the systolic-array.arch.yaml");
  }
  Workspace workspace;
  workspace.architecture = relativeTo(architecture, arguments.out);
  if (!arguments.network.empty()) workspace.network = relativeTo(arguments.network, arguments.out);
  workspace.parameters = configuration->parameters;
  return write(arguments.out, writeWorkspace(workspace), console);
}

ExitStatus import(const ImportArguments& arguments, const Context& context) {
  const Console& console = context.console;
  const auto options = optionsFrom(arguments);
  if (const auto* misuse = std::get_if<Misuse>(&options)) return console.misused(misuse->message);
  if (std::filesystem::path(arguments.file).extension() == ".cfg")
    return importConfiguration(arguments, console);
  if (!isImportable(arguments.file)) {
    return console.misused("what is imported ends with .onnx, .csv or .cfg, found " + arguments.file);
  }
  if (!arguments.out.empty() && !arguments.out.ends_with(".network.yaml")) {
    return console.misused("--out wants a name that ends with .network.yaml, not " + arguments.out);
  }
  const Result<std::string> text = importAsText(arguments.file, std::get<ImportOptions>(options));
  console.report(text.diagnostics);
  if (!text) return ExitStatus::WrongInput;
  if (!arguments.out.empty()) return write(arguments.out, *text, console);
  console.out() << *text;
  return console.finish();
}

}  // namespace

Command addImportCommand(CLI::App& program) {
  const auto arguments = std::make_shared<ImportArguments>();
  CLI::App* const command = program.add_subcommand(
      "import",
      "Turn an ONNX model or a SCALE-Sim topology into a network, a SCALE-Sim configuration into parameters");
  command
      ->add_option(
          "FILE", arguments->file,
          "*.onnx; *.csv, a SCALE-Sim topology of convolutions or of matrix products; *.cfg, a SCALE-Sim "
          "configuration for the architecture systolic-array")
      ->required()
      ->type_name("");
  command
      ->add_option(
          "--out", arguments->out,
          "What to write: a *.network.yaml, of a configuration a *.taktwerk. Without it the network, or "
          "the parameters as --set takes them, go to standard output")
      ->type_name("FILE");
  command
      ->add_option("--batch", arguments->batch,
                   "Inputs at once (as in the file, else 1); stays a parameter of the network, network.batch")
      ->type_name("N");
  command
      ->add_option("--bits", arguments->bits,
                   "Bits of every element, as if quantised to that (ONNX: as in the file, SCALE-Sim: 8)")
      ->type_name("N");
  command
      ->add_option("--axis", arguments->axes,
                   "Size of an axis that the ONNX file only names; may be repeated")
      ->type_name("NAME=SIZE")
      ->allow_extra_args(false);
  command
      ->add_option(
          "--arch", arguments->architecture,
          "With a *.cfg: the architecture of the workspace (systolic-array as it comes with the program)")
      ->type_name("FILE");
  command->add_option("--network", arguments->network, "With a *.cfg: the network of the workspace")
      ->type_name("FILE");
  return {command, [arguments](const Context& context) { return import(*arguments, context); }};
}

}  // namespace taktwerk::cli
