// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/point_input.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "core/import/table_lines.h"

namespace taktwerk::cli {

namespace {

constexpr std::size_t longestLine = std::size_t{1} << 20U;

}  // namespace

Result<std::shared_ptr<PointLines>> PointLines::open(const std::string& path) {
  if (path == "-") return std::shared_ptr<PointLines>(new PointLines(STDIN_FILENO, "standard input"));
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const int why = errno;
    return Diagnostic{Severity::Error,
                      path,
                      {1, 1},
                      "S0206",
                      std::string("points cannot be read: ") + std::strerror(why),
                      {}};
  }
  return std::shared_ptr<PointLines>(new PointLines(descriptor, path));
}

PointLines::~PointLines() {
  if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

bool PointLines::readMore(const Progress& progress) {
  while (!progress.cancelled()) {
    pollfd wanted{descriptor_, POLLIN, 0};
    const int ready = ::poll(&wanted, 1, 50);  // milliseconds between two looks at whether to stop
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    char bytes[65536];
    const ssize_t count = ::read(descriptor_, bytes, sizeof bytes);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }
  return false;
}

std::optional<std::string> PointLines::next(const Progress& progress) {
  while (true) {
    std::size_t end = buffer_.find_first_of("\r\n", taken_);
    // Only what comes behind a carriage return tells whether the line feed belongs to it.
    const bool half = end != std::string::npos && end + 1 == buffer_.size() && buffer_[end] == '\r' && !over_;
    if (half) end = std::string::npos;
    const bool last = end == std::string::npos && (over_ || buffer_.size() - taken_ > longestLine);
    if (end != std::string::npos || (last && taken_ < buffer_.size())) {
      std::string_view rest = std::string_view(buffer_).substr(taken_);
      std::string line(takeLine(rest));
      taken_ = buffer_.size() - rest.size();
      return line;
    }
    if (over_) return std::nullopt;
    buffer_.erase(0, std::exchange(taken_, 0));
    if (!readMore(progress)) over_ = true;
    if (progress.cancelled()) return std::nullopt;
  }
}

Result<std::shared_ptr<PointInput>> openPoints(const std::string& path, const Progress& progress) {
  auto lines = PointLines::open(path);
  if (!lines) return std::move(lines.diagnostics);
  auto input = std::make_shared<PointInput>(PointInput{PointTable((*lines)->name()), *lines, {}, {}});
  auto names = input->table.readHeading(input->lines->next(progress).value_or(""));
  if (!names) return std::move(names.diagnostics);
  input->names = std::move(*names);
  return input;
}

PointStream streamOf(const std::shared_ptr<PointInput>& input, const std::shared_ptr<const Sweep>& sweep,
                     std::int64_t shard, std::int64_t shards) {
  const auto number = std::make_shared<std::int64_t>(0);
  return [=](const Progress& progress) -> std::optional<SweepPoint> {
    while (auto line = input->lines->next(progress)) {
      auto values = input->table.readLine(*line);
      if (!values) {
        input->problems = std::move(values.diagnostics);
        return std::nullopt;
      }
      if (!*values) continue;
      const std::int64_t own = (*number)++;
      if (isOfShard(own, shard, shards)) return sweepPoint(*sweep, own, std::move(**values));
    }
    return std::nullopt;
  };
}

}  // namespace taktwerk::cli
