// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/design_profile.h"
#include "core/study/study.h"
#include "core/study/study_estimate.h"
#include "core/study/study_memory.h"

namespace taktwerk {

class JobManager;

/// What a row of results is estimated with once more, for what it does not tell itself.
struct PointStudy {
  std::optional<Study> study;  ///< of a run; none: of a store, from the files below
  StudyFiles files;            ///< with the texts of then
  std::shared_ptr<const std::string> architectureText;
  StudySettings settings;
  std::map<std::string, LayerChoice> choices;
  EstimateOptions how;
  std::optional<Cycles> cycles;  ///< that the row says
  QString problem;               ///< why it cannot be estimated; empty: it can
};

/// Where the cycles of a row of results go, or why that is not known.
struct PointProfile {
  DesignProfile design;
  QString problem;       ///< why there is none; empty: there is
  QString note;          ///< how it differs from the row
  bool stopped = false;  ///< the user stopped it: there may be one
};

/// Estimates a point once more, with what its objects do of the time. For job threads.
[[nodiscard]] PointProfile profileOf(const PointStudy& point, StudyMemory& memory, unsigned threads,
                                     Progress& progress);

/// Profiles of rows of results, found out in jobs one after the other as they are wanted, and kept as long as
/// the results are those they are of.
class PointProfiles : public QObject {
  Q_OBJECT
 public:
  using Source = std::function<PointStudy(std::uint32_t row)>;
  explicit PointProfiles(JobManager& jobs, QObject* parent = nullptr);

  void setSource(Source source, std::shared_ptr<StudyMemory> memory);
  /// The results are others: nothing is known any more.
  void forget();
  /// These are wanted, in this order, in the place of those that still wait. What was stopped stays so.
  void want(const std::vector<std::uint32_t>& rows);
  /// Those that were stopped are wanted again.
  void tryAgain();
  /// Null: not yet.
  [[nodiscard]] std::shared_ptr<const PointProfile> find(std::uint32_t row) const;
  [[nodiscard]] bool isBusy() const { return underWay_.has_value() || !waiting_.empty(); }
  [[nodiscard]] bool wasStopped() const;

 Q_SIGNALS:
  /// A profile came, or all went.
  void changed();

 private:
  void next();
  void take(std::uint32_t row, PointProfile profile);

  JobManager& jobs_;
  Source source_;
  std::shared_ptr<StudyMemory> memory_;
  std::map<std::uint32_t, std::shared_ptr<const PointProfile>> known_;
  std::vector<std::uint32_t> waiting_;  ///< the next one last
  std::optional<std::uint32_t> underWay_;
  std::uint64_t generation_ = 0;  ///< of the results
};

}  // namespace taktwerk
