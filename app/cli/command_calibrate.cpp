// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "app/cli/method_argument.h"
#include "app/cli/progress_line.h"
#include "core/base/atomic_file.h"
#include "core/base/files.h"
#include "core/calibration/calibration.h"
#include "core/calibration/calibration_edits.h"
#include "core/report/calibration_report.h"
#include "core/space/vary.h"

namespace taktwerk::cli {

namespace {

struct CalibrateArguments {
  std::string architecture, measured, operatorName;
  std::vector<std::string> mappings, settings, vary;
  std::string method{toString(Method::Auto)};
  std::string seed = "1", worst = "10", jobs;
  bool all = false, json = false, write = false;
};

/// The arguments, understood.
struct CalibrateWishes {
  CalibrationOptions options;
  CalibrationTextOptions text;
  std::vector<Setting> settings;
};

std::variant<CalibrateWishes, Misuse> wishesFrom(const CalibrateArguments& arguments) {
  CalibrateWishes wishes;
  for (const std::string& text : arguments.vary) {
    auto parsed = parseVary(text);
    if (const auto* problem = std::get_if<VaryProblem>(&parsed))
      return Misuse{"--vary " + text + ": " + problem->message};
    wishes.options.vary.push_back(std::get<Dimension>(std::move(parsed)));
  }
  const auto jobs = jobsArgument(arguments.jobs);
  if (const auto* misuse = std::get_if<Misuse>(&jobs)) return *misuse;
  wishes.options.how.jobs = std::get<unsigned>(jobs);
  const auto method = methodArgument("--method", arguments.method);
  if (const auto* misuse = std::get_if<Misuse>(&method)) return *misuse;
  wishes.options.how.method = std::get<Method>(method);
  const auto seed = countArgument("--seed", arguments.seed, 0);
  if (const auto* misuse = std::get_if<Misuse>(&seed)) return *misuse;
  wishes.options.seed = static_cast<std::uint64_t>(std::get<std::int64_t>(seed));
  const auto worst = countArgument("--worst", arguments.worst, 0);
  if (const auto* misuse = std::get_if<Misuse>(&worst)) return *misuse;
  wishes.text.worst = static_cast<std::size_t>(std::get<std::int64_t>(worst));
  if (arguments.all) wishes.text.worst = std::numeric_limits<std::size_t>::max();
  wishes.text.seed = wishes.options.seed;
  const auto settings = settingsIn(arguments.settings);
  if (const auto* misuse = std::get_if<Misuse>(&settings)) return *misuse;
  wishes.settings = std::get<0>(settings);
  return wishes;
}

/// Writes what was found into the architecture, and says so.
ExitStatus writeFound(const CalibrateArguments& arguments, const Study& study,
                      const Measurements& measurements, const Calibration& calibration, std::uint64_t seed,
                      const Console& console) {
  const std::vector<ArchitectureEdit> edits = editsOf(study, measurements, calibration, seed);
  if (edits.empty()) {
    console.say("nothing is written: no parameter of the architecture is determined by these layers");
    return console.finish();
  }
  const auto text = readFile(arguments.architecture);
  if (!text) return console.refuse(text.diagnostics);
  const auto edited = applyEdits(*text, edits);
  if (!edited) return console.refuse(edited.diagnostics);
  auto file = AtomicFile::create(arguments.architecture);
  if (!file) return console.refuse(file.diagnostics);
  file->stream() << *edited;
  if (const Diagnostics problems = file->commit(); !problems.empty()) return console.refuse(problems);
  for (const FittedParameter& each : calibration.parameters) {
    console.say((isWritten(each) ? "written: " : "not written: ") + fittedInWords(each));
  }
  return console.finish();
}

ExitStatus calibrateWith(const CalibrateArguments& arguments, const Context& context) {
  const Console& console = context.console;
  const auto found = wishesFrom(arguments);
  if (const auto* misuse = std::get_if<Misuse>(&found)) return console.misused(misuse->message);
  const auto& wishes = std::get<CalibrateWishes>(found);
  if (arguments.write && arguments.vary.empty())
    return console.misused("--write needs --vary: without it nothing is fitted");
  StudyMemory memory;
  StudyFiles files;
  files.architecture = arguments.architecture;
  auto mappings = mappingsArgument(arguments.mappings);
  if (const auto* misuse = std::get_if<Misuse>(&mappings)) return console.misused(misuse->message);
  files.mappings = std::get<0>(std::move(mappings));
  const Result<Measurements> measurements = readMeasurements(arguments.measured, {arguments.operatorName});
  if (!measurements) return console.refuse(measurements.diagnostics);
  console.report(measurements.diagnostics);
  Result<Study> study = readStudy(*measurements, files, memory);
  if (!study || hasErrors(study.diagnostics)) return console.refuse(study.diagnostics);
  console.report(study.diagnostics);
  const auto sorted = sortSettings(wishes.settings, settableNames(*study, nullptr));
  if (const auto* problem = std::get_if<SettingProblem>(&sorted))
    return console.misused("--set: " + problem->message);
  study->settings = std::get<StudySettings>(sorted);
  Progress progress;
  Calibration calibration;
  {
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "comparing with measured layers", "instructions");
    calibration = calibrate(*study, *measurements, wishes.options, memory, progress);
  }
  if (calibration.cancelled) return ExitStatus::Cancelled;
  if (hasErrors(calibration.diagnostics)) return console.refuse(calibration.diagnostics);
  if (arguments.json) {
    writeCalibrationJson(console.out(), *study, *measurements, calibration, wishes.text);
  } else {
    writeCalibrationText(console.out(), *study, *measurements, calibration, wishes.text);
  }
  if (arguments.write)
    return writeFound(arguments, *study, *measurements, calibration, wishes.options.seed, console);
  return console.finish();
}

}  // namespace

Command addCalibrateCommand(CLI::App& program) {
  const auto arguments = std::make_shared<CalibrateArguments>();
  CLI::App* const command = program.add_subcommand(
      "calibrate", "Compare an architecture with measured layers, and fit its parameters to half of them");
  command->add_option("--arch", arguments->architecture, "The architecture")->type_name("FILE")->required();
  command
      ->add_option(
          "--measured", arguments->measured,
          "A table of layers: operator, its dimensions, cycles, and perhaps cycles_min and cycles_max")
      ->type_name("FILE")
      ->required();
  command
      ->add_option(
          "--mapping", arguments->mappings,
          "A mapping, or a folder of them, instead of those beside the architecture; may be repeated")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command->add_option("--set", arguments->settings, "A parameter's value for all rows; may be repeated")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command
      ->add_option("--vary", arguments->vary,
                   "A parameter that is fitted, and its range, as for sweep: NAME=FROM:TO; may be repeated")
      ->type_name("NAME=RANGE")
      ->allow_extra_args(false);
  command
      ->add_option("--operator", arguments->operatorName, "The operator of all rows, where no column says it")
      ->type_name("NAME");
  command
      ->add_option("--method", arguments->method,
                   "How layers are timed: auto, full, simulate, published or roofline")
      ->type_name("NAME")
      ->capture_default_str();
  command->add_option("--seed", arguments->seed, "Which rows are in the half that is fitted on")
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--worst", arguments->worst,
                   "How many rows the table shows, the ones that are furthest off")
      ->type_name("N")
      ->capture_default_str();
  command->add_flag("--all", arguments->all, "All rows in the table");
  command->add_option("--jobs", arguments->jobs, "Rows estimated at the same time (all cores)")
      ->type_name("N");
  command->add_flag("--json", arguments->json, "JSON instead of tables");
  command->add_flag("--write", arguments->write,
                    "Write the values that the rows determine into the architecture, with their source");
  return {command, [arguments](const Context& context) { return calibrateWith(*arguments, context); }};
}

}  // namespace taktwerk::cli
