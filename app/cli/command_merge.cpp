// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/command.h"
#include "core/base/atomic_file.h"
#include "core/base/files.h"
#include "core/report/row_files.h"
#include "core/report/text_table.h"
#include "core/store/merge_stores.h"
#include "core/store/stored_rows.h"
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

/// Puts the results of stores into a table.
ExitStatus mergeStoresIntoTable(const MergeArguments& arguments, const Context& context) {
  const Console& console = context.console;
  Progress progress;
  const Interruption::Guard guard(context.interruption, progress);
  const Result<StoredTable> stored = mergedTable(arguments.files, progress);
  if (!stored) return console.refuse(stored.diagnostics);
  const RowTable table = rowTableOf(*stored, progress);
  auto file = AtomicFile::create(arguments.out);
  if (!file) return console.refuse(file.diagnostics);
  const std::vector<std::uint32_t> rows = rowsByPoint(*stored);
  if (arguments.out.ends_with(".json")) {
    writeRowsAsJson(file->stream(), table, rows, progress);
  } else {
    writeRowsAsCsv(file->stream(), table, rows, progress);
  }
  if (progress.cancelled()) return ExitStatus::Cancelled;
  const Diagnostics problems = file->commit();
  if (hasErrors(problems)) return console.refuse(problems);
  console.say(groupedDigits(std::ssize(rows)) + (rows.size() == 1 ? " point in " : " points in ") +
              arguments.out);
  return ExitStatus::Done;
}

ExitStatus merge(const MergeArguments& arguments, const Context& context) {
  const Console& console = context.console;
  const auto allEndWith = [&](const char* ending) {
    return std::all_of(arguments.files.begin(), arguments.files.end(),
                       [&](const std::string& path) { return path.ends_with(ending); });
  };
  const std::string& out = arguments.out;
  if (out.ends_with(".csv") && allEndWith(".csv")) return mergeTables(arguments, console);
  if ((out.ends_with(".csv") || out.ends_with(".json")) && allEndWith(".sqlite"))
    return mergeStoresIntoTable(arguments, context);
  if (!out.ends_with(".sqlite") || !allEndWith(".sqlite")) {
    return console.misused(
        "merge puts tables (.csv) into a table, or stores (.sqlite) into a store or a table (.csv, .json)");
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
  command
      ->add_option("--out", arguments->out,
                   "The table to write (of stores also FILE.json), or the store to put them into")
      ->required()
      ->type_name("FILE");
  return {command, [arguments](const Context& context) { return merge(*arguments, context); }};
}

}  // namespace taktwerk::cli
