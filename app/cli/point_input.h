// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/progress.h"
#include "core/sweep/point_stream.h"
#include "core/sweep/point_table.h"

namespace taktwerk::cli {

/// Lines of a file, or of standard input as they come ("-"). Waiting for one ends when the progress is
/// cancelled.
class PointLines {
 public:
  /// Errors: the file cannot be opened.
  [[nodiscard]] static Result<std::shared_ptr<PointLines>> open(const std::string& path);
  ~PointLines();
  PointLines(const PointLines&) = delete;
  PointLines& operator=(const PointLines&) = delete;
  /// The next line without its end; none at the end, or when it was cancelled.
  [[nodiscard]] std::optional<std::string> next(const Progress& progress);
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  PointLines(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
  [[nodiscard]] bool readMore(const Progress& progress);

  int descriptor_;
  std::string name_;
  std::string buffer_;
  std::size_t taken_ = 0;
  bool over_ = false;
};

/// Points of a table that is being read. A line that is wrong ends the stream; it is in `problems` then.
struct PointInput {
  PointTable table;
  std::shared_ptr<PointLines> lines;
  std::vector<std::string> names;
  Diagnostics problems;
};
/// Opens a table and reads its heading.
[[nodiscard]] Result<std::shared_ptr<PointInput>> openPoints(const std::string& path,
                                                             const Progress& progress);
[[nodiscard]] PointStream streamOf(const std::shared_ptr<PointInput>& input,
                                   const std::shared_ptr<const Sweep>& sweep, std::int64_t shard,
                                   std::int64_t shards);

}  // namespace taktwerk::cli
