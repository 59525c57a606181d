// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "core/space/count.h"
#include "core/space/space.h"
#include "core/sweep/forecast.h"
#include "core/sweep/point_stream.h"
#include "widgets/sweep/space_edits.h"
#include "widgets/sweep/sweep_run.h"

namespace taktwerk {

struct EstimateInput;
struct Models;
struct WorkspaceSweep;

/// What is known of a space before it is run.
struct SpaceOutlook {
  Diagnostics problems;
  std::shared_ptr<const Sweep> sweep;  ///< null with errors
  PointCount count;
  std::int64_t missed = 0;  ///< of a sample: draws that hit no point
  std::vector<SweepPoint> probes;
  bool cancelled = false;
};

/// The design space of the workspace: it is changed by steps of the history, and what it comes to with what
/// is open is found out in the background: what is wrong with it, how many points it has, about how long they
/// take.
class SpaceSetup : public QObject {
  Q_OBJECT
 public:
  explicit SpaceSetup(Models& models, QObject* parent = nullptr);

  [[nodiscard]] const Space& space() const { return space_; }
  [[nodiscard]] bool isEmpty() const { return space_.dimensions.empty(); }
  /// What is wrong with the text that the workspace has of the space, and where; nothing when it can be read.
  /// The text stays as it is until the space is replaced.
  [[nodiscard]] QString whyUnreadable() const;
  [[nodiscard]] PointChoice choice() const;
  /// Path of the file for results, or empty.
  [[nodiscard]] QString store() const;

  /// Empty when the space changed, else why not.
  [[nodiscard]] QString change(const QString& step, EditedSpace next);
  /// Another space, with its paths absolute.
  void replace(const QString& step, const Space& space);
  void setSample(const QString& sample, std::int64_t seed);
  void setStore(const QString& path);
  /// Varies a parameter over these values, or over some round what it is now; what is varied already stays as
  /// it is. Empty when it is varied now, else why not.
  [[nodiscard]] QString vary(const QString& name, const std::vector<std::int64_t>& values);
  /// The place among the dimensions; a name without its owner counts, too.
  [[nodiscard]] std::optional<std::size_t> find(const QString& name) const;

  /// Whether the page is looked at: only then it is found out what the space comes to.
  void setWatched(bool watched);
  /// Found out by now; null while it is not.
  [[nodiscard]] const std::shared_ptr<const SpaceOutlook>& outlook() const { return outlook_; }
  [[nodiscard]] const std::optional<Forecast>& forecast() const { return forecast_; }
  [[nodiscard]] bool isLooking() const;
  /// The user stopped it, or it failed; `look` begins anew.
  [[nodiscard]] bool wasStopped() const { return stopped_; }
  /// Finds out now what the space comes to.
  void look();
  [[nodiscard]] QString whyNotRunnable() const;
  /// What a run is of; runnable.
  [[nodiscard]] SweepRequest request() const;

 Q_SIGNALS:
  void spaceChanged();
  void outlookChanged();

 private:
  void takeSweep();
  void touch();
  void measure();
  void changeSweep(const QString& step, const WorkspaceSweep& sweep, const QString& mergeKey = {});

  Models& models_;
  Space space_;
  std::string text_;                             ///< that `space_` is of
  std::shared_ptr<const WorkspaceSweep> taken_;  ///< of the workspace, without its views
  Diagnostics unread_;                           ///< why that is no space
  std::shared_ptr<const SpaceOutlook> outlook_;
  std::optional<Forecast> forecast_;
  std::map<std::string, std::int64_t> base_;     ///< values that are set in the workspace and not varied
  std::shared_ptr<const EstimateInput> looked_;  ///< what the outlook is of
  QTimer rest_;
  bool watched_ = false, stale_ = true, stopped_ = false;
};

}  // namespace taktwerk
