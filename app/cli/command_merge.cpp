// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/command.h"
#include "core/base/files.h"
#include "core/report/text_table.h"
#include "core/store/merge_stores.h"
#include "core/sweep/merge_tables.h"

namespace taktwerk::cli {

namespace {

struct MergeArguments {
  std::vector<std::string> files;
  std::string out;
};

/// Tables of shares are a few times as large as other documents.
constexpr std::uint64_t largestTable = std::uint64_t{4} << 30U;

ExitStatus mergeTables(const MergeArguments& arguments, const Console& console) {
  std::vector<NamedText> tables;
  for (const std::string& path : arguments.files) {
    Result<std::string> text = readFile(path, largestTable);
    if (!text) return console.refuse(text.diagnostics);
    tables.push_back({path, std::move(*text)});
  }
  Result<std::string> merged = taktwerk::mergeTables(tables);
  if (!merged) return console.refuse(merged.diagnostics);
  const Diagnostics problems = writeFileAtomically(arguments.out, *merged);
  return hasErrors(problems) ? console.refuse(problems) : ExitStatus::Done;
}

ExitStatus merge(const MergeArguments& arguments, const Context& context) {
  const Console& console = context.console;
  const auto allEndWith = [&](const char* ending) {
    return arguments.out.ends_with(ending) &&
           std::all_of(arguments.files.begin(), arguments.files.end(),
                       [&](const std::string& path) { return path.ends_with(ending); });
  };
  if (allEndWith(".csv")) return mergeTables(arguments, console);
  if (!allEndWith(".sqlite")) {
    return console.misused("merge puts tables (.csv) into a table, or stores (.sqlite) into a store");
  }
  for (const std::string& path : arguments.files) {
    std::error_code none;
    if (std::filesystem::equivalent(path, arguments.out, none)) {
      return console.misused("a store cannot be put into itself: --out is " + path);
    }
  }
  Progress progress;
  const Interruption::Guard guard(context.interruption, progress);
  const Result<MergedStores> merged = mergeStores(arguments.files, arguments.out, progress);
  if (!merged) return console.refuse(merged.diagnostics);
  console.say(groupedDigits(merged->rows) + " results, " + groupedDigits(merged->added) + " of them new in " +
              arguments.out);
  return progress.cancelled() ? ExitStatus::Cancelled : ExitStatus::Done;
}

}  // namespace

Command addMergeCommand(CLI::App& program) {
  const auto arguments = std::make_shared<MergeArguments>();
  CLI::App* const command =
      program.add_subcommand("merge", "Put the results of shares of a sweep together: tables or stores");
  command->add_option("FILE", arguments->files, "*.csv of sweep --out, or *.sqlite of sweep --store")
      ->required()
      ->type_name("");
  command->add_option("--out", arguments->out, "The table to write, or the store to put them into")
      ->required()
      ->type_name("FILE");
  return {command, [arguments](const Context& context) { return merge(*arguments, context); }};
}

}  // namespace taktwerk::cli
