// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <utility>

#include "widgets/sweep/point_card.h"

namespace taktwerk {

class JobManager;

/// The cards of points that were looked at lately. A card is made in a job when somebody wants it; who looks
/// elsewhere stops that. They are of one set of results, until `forget`.
class PointCards : public QObject {
  Q_OBJECT
 public:
  static constexpr std::size_t mostCards = 64;

  explicit PointCards(JobManager& jobs, QObject* parent = nullptr);

  /// What the card of a row is made of; none: there is no such row. Asked on the GUI thread.
  using Source = std::function<std::optional<CardSource>(std::uint32_t row)>;
  void setSource(Source source) { source_ = std::move(source); }

  /// Null while it is not made.
  [[nodiscard]] std::shared_ptr<const PointCard> find(std::uint32_t row);
  /// Makes the card of a row in a job, in place of the one that `who` wanted before; `ready` follows. Nothing
  /// happens where it is there already.
  void want(QObject& who, std::uint32_t row);
  /// `who` looks elsewhere.
  void leave(const QObject& who);
  /// Rows are those of other results now.
  void forget();

 Q_SIGNALS:
  void ready(std::uint32_t row);

 private:
  void keep(std::uint32_t row, std::shared_ptr<const PointCard> card);

  JobManager& jobs_;
  Source source_;
  std::list<std::pair<std::uint32_t, std::shared_ptr<const PointCard>>> cards_;  ///< latest first
  std::uint64_t results_ = 0;                                                    ///< counted by `forget`
};

}  // namespace taktwerk
