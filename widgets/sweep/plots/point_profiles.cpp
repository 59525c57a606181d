// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/point_profiles.h"

#include <algorithm>
#include <utility>

#include "core/architecture/architecture_file.h"
#include "widgets/document/first_error.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

constexpr JobChannel<PointProfile> estimates{"breakdown of a point"};
constexpr std::size_t mostKept = 512;

PointProfile withProblem(const QString& problem) {
  PointProfile profile;
  profile.problem = problem;
  return profile;
}

QString wordsOf(const Diagnostics& problems) {
  const Diagnostic* error = firstError(problems);
  return error ? shortened(error->message) : PointProfiles::tr("it cannot be estimated");
}

/// The study of a row of a store, read from the texts of then. Errors: those of reading it.
Result<Study> readStudyOf(const PointStudy& point, StudyMemory& memory) {
  StudyFiles files = point.files;
  if (point.architectureText) {
    auto parsed = parseArchitecture(*point.architectureText, files.architecture);
    if (!parsed) return std::move(parsed.diagnostics);
    files.read = std::make_shared<const Architecture>(std::move(*parsed));
  }
  return readStudy(files, memory);
}

}  // namespace

PointProfile profileOf(const PointStudy& point, StudyMemory& memory, unsigned threads, Progress& progress) {
  if (!point.problem.isEmpty()) return withProblem(point.problem);
  Study study;
  if (point.study) {
    study = *point.study;
  } else {
    auto read = readStudyOf(point, memory);
    if (!read || hasErrors(read.diagnostics)) return withProblem(wordsOf(read.diagnostics));
    study = std::move(*read);
    study.choices = point.choices;
  }
  study.settings = point.settings;
  StudyOptions options;
  options.how = point.how;
  options.how.usage = true;
  options.how.jobs = threads;
  const auto result = estimate(study, options, memory, progress);
  PointProfile profile;
  profile.stopped = result->cancelled || progress.cancelled();
  if (profile.stopped) return profile;
  if (!result->estimate || hasErrors(result->diagnostics)) return withProblem(wordsOf(result->diagnostics));
  profile.design = profileOf(*result->estimate);
  const std::size_t missing = profile.design.unmapped.size();
  if (missing > 0)
    profile.note = missing == 1 ? PointProfiles::tr("1 layer missing")
                                : PointProfiles::tr("%1 layers missing").arg(missing);
  if (point.cycles && *point.cycles != profile.design.cycles)
    profile.note += (missing > 0 ? QStringLiteral("; ") : QString()) +
                    PointProfiles::tr("estimated now it takes %1 cycles; the table says %2")
                        .arg(grouped(profile.design.cycles), grouped(*point.cycles));
  return profile;
}

PointProfiles::PointProfiles(JobManager& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {
  // Work that ended without a delivery must not keep the others waiting.
  connect(&jobs_, &JobManager::finished, this, [this](const QString& channel) {
    if (channel != QLatin1String(estimates.name) || !underWay_ || jobs_.running(estimates, this)) return;
    take(*underWay_, withProblem(tr("the estimate ended unexpectedly")));
  });
}

void PointProfiles::setSource(Source source, std::shared_ptr<StudyMemory> memory) {
  source_ = std::move(source);
  memory_ = std::move(memory);
}

void PointProfiles::forget() {
  ++generation_;
  known_.clear();
  waiting_.clear();
  underWay_.reset();
  jobs_.cancel(estimates, this);
  Q_EMIT changed();
}

std::shared_ptr<const PointProfile> PointProfiles::find(std::uint32_t row) const {
  const auto known = known_.find(row);
  return known == known_.end() ? nullptr : known->second;
}

bool PointProfiles::wasStopped() const {
  return std::any_of(known_.begin(), known_.end(), [](const auto& each) { return each.second->stopped; });
}

void PointProfiles::want(const std::vector<std::uint32_t>& rows) {
  waiting_.clear();
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    if (!known_.contains(*row) && underWay_ != *row) waiting_.push_back(*row);
  }
  if (known_.size() > mostKept) {
    std::erase_if(known_, [&](const auto& each) {
      return std::find(rows.begin(), rows.end(), each.first) == rows.end();
    });
  }
  if (!underWay_) next();
}

void PointProfiles::tryAgain() {
  std::vector<std::uint32_t> again;
  for (const auto& [row, profile] : known_) {
    if (profile->stopped) again.push_back(row);
  }
  for (const std::uint32_t row : again) known_.erase(row);
  again.insert(again.end(), waiting_.rbegin(), waiting_.rend());
  want(again);
  Q_EMIT changed();
}

void PointProfiles::next() {
  if (waiting_.empty() || !source_ || !memory_) return;
  const std::uint32_t row = waiting_.back();
  waiting_.pop_back();
  underWay_ = row;
  jobs_.start(
      estimates, tr("Where the cycles of a point go"), this,
      [point = source_(row), memory = memory_, threads = jobs_.threads()](Progress& progress) {
        return profileOf(point, *memory, threads, progress);
      },
      [this, row, of = generation_](PointProfile profile) {
        if (of == generation_) take(row, std::move(profile));
      });
}

void PointProfiles::take(std::uint32_t row, PointProfile profile) {
  underWay_.reset();
  if (profile.stopped) {  // and so are those behind it
    for (const std::uint32_t other : std::exchange(waiting_, {}))
      known_[other] = std::make_shared<const PointProfile>(profile);
  }
  known_[row] = std::make_shared<const PointProfile>(std::move(profile));
  next();
  Q_EMIT changed();
}

}  // namespace taktwerk
