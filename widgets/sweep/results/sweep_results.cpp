// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/results/sweep_results.h"

#include <utility>

#include "widgets/jobs/job_manager.h"

namespace taktwerk {

namespace {

/// What a job gave, and of how many rows.
struct Arranged {
  std::vector<std::uint32_t> rows;
  std::size_t of = 0;
  bool cancelled = false;
};
constexpr JobChannel<Arranged> arrangements{"arrange results"};
/// More are filtered and sorted in a job.
constexpr std::size_t mostAtOnce = 50'000;

int toInt(std::size_t number) {
  return static_cast<int>(number);
}

/// What rows stand by where the user says nothing: threads finish points in any order.
std::optional<RowOrder> inForce(const std::optional<RowOrder>& order, const RowTable& table) {
  if (order || table.columns().empty()) return order;
  return RowOrder{0, false};
}

/// Whether rows from `first` on stand in the order of their points, and behind a row, if there is one.
bool areInOrder(const RowTable& table, std::size_t first, std::optional<std::uint32_t> behind) {
  std::int64_t last = behind ? table.whole(0, *behind) : RowTable::none;
  for (std::size_t row = first; row < table.rows(); ++row) {
    const std::int64_t number = table.whole(0, row);
    if (number < last) return false;
    last = number;
  }
  return true;
}

}  // namespace

SweepResults::SweepResults(JobManager& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {
  // After the delivery: a job that was stopped or threw has not ended what it was for.
  connect(&jobs_, &JobManager::finished, this, [this](const QString& channel) {
    if (channel == QLatin1String(arrangements.name) && arranging_ && !jobs_.running(arrangements, this))
      backToShown();
  });
}

void SweepResults::begin(const RowTable& table) {
  Q_EMIT aboutToReset();
  const auto names = [](const RowTable& each) {
    std::vector<std::string> all;
    all.reserve(each.columns().size());
    for (const RowColumn& column : each.columns()) all.push_back(column.name);
    return all;
  };
  ++generation_;
  const std::string text = filter_.text();
  if (names(table) != names(table_)) order_.reset();
  table_ = table;
  auto parsed = RowFilter::parse(text, table_);
  filter_ = std::holds_alternative<RowFilter>(parsed) ? std::get<RowFilter>(std::move(parsed)) : RowFilter();
  jobs_.cancel(arrangements, this);
  arranging_ = false;
  const bool atOnce = table_.rows() <= mostAtOnce;
  shownFilter_ = atOnce ? filter_ : RowFilter();
  shownOrder_ = atOnce ? order_ : std::nullopt;
  shown_ = shownRows(table_, shownFilter_, atOnce ? inForce(order_, table_) : std::nullopt, Progress());
  Q_EMIT reset();
  if (!atOnce && (order_ || !filter_.isEmpty() || !areInOrder(table_, 0, {}))) arrange();
  Q_EMIT changed();
}

void SweepResults::grow(const RowTable& table) {
  const std::size_t first = table_.rows();
  table_ = table;
  if (first == table_.rows()) return;
  const std::size_t had = shown_.size();
  const bool hasLast = !shown_.empty() && shown_.back() != nowhere;
  const auto last = hasLast ? std::optional(shown_.back()) : std::nullopt;
  if (!shownOrder_ && areInOrder(table_, first, last)) {
    std::vector<std::uint32_t> fresh;
    shownFilter_.select(table_, first, table_.rows(), fresh);
    if (!fresh.empty()) {
      Q_EMIT aboutToInsert(toInt(had), toInt(had + fresh.size()) - 1);
      shown_.insert(shown_.end(), fresh.begin(), fresh.end());
      Q_EMIT inserted();
    }
  } else {
    std::vector<std::uint32_t> next = shown_;
    takeRows(table_, first, shownFilter_, inForce(shownOrder_, table_), next);
    show(std::move(next));
  }
  Q_EMIT changed();
}

QString SweepResults::setFilter(const QString& text) {
  auto parsed = RowFilter::parse(text.toStdString(), table_);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) {
    return tr("Column %1: %2").arg(error->column).arg(QString::fromStdString(error->message));
  }
  auto& next = std::get<RowFilter>(parsed);
  if (next.text() == filter_.text()) return {};
  filter_ = std::move(next);
  arrange();
  return {};
}

void SweepResults::setOrder(std::optional<RowOrder> order) {
  if (order == order_) return;
  order_ = order;
  arrange();
}

void SweepResults::arrange() {
  ++generation_;
  if (table_.rows() <= mostAtOnce) {
    jobs_.cancel(arrangements, this);
    arranging_ = false;
    shownFilter_ = filter_;
    shownOrder_ = order_;
    show(shownRows(table_, filter_, inForce(order_, table_), Progress()));
    Q_EMIT changed();
    return;
  }
  arranging_ = true;
  jobs_.start(
      arrangements, tr("Filtering and sorting results"), this,
      [table = table_, filter = filter_, order = inForce(order_, table_)](Progress& progress) {
        Arranged arranged{shownRows(table, filter, order, progress), table.rows(), false};
        arranged.cancelled = progress.cancelled();
        return arranged;
      },
      [this, generation = generation_](Arranged arranged) {
        if (arranged.cancelled || generation != generation_) return;
        arranging_ = false;
        shownFilter_ = filter_;
        shownOrder_ = order_;
        if (arranged.of < table_.rows()) {
          takeRows(table_, arranged.of, filter_, inForce(order_, table_), arranged.rows);
        }
        show(std::move(arranged.rows));
        Q_EMIT changed();
      });
  Q_EMIT changed();
}

void SweepResults::backToShown() {
  ++generation_;
  arranging_ = false;
  filter_ = shownFilter_;
  order_ = shownOrder_;
  Q_EMIT arrangingStopped();
  Q_EMIT changed();
}

/// In steps that models can follow: rows come in at the end, change places, go from the end.
void SweepResults::show(std::vector<std::uint32_t> next) {
  const std::size_t had = shown_.size(), wanted = next.size();
  if (next == shown_) return;
  if (wanted > had) {
    Q_EMIT aboutToInsert(toInt(had), toInt(wanted) - 1);
    shown_.resize(wanted, nowhere);
    Q_EMIT inserted();
  }
  next.resize(shown_.size(), nowhere);
  Q_EMIT aboutToRearrange();
  shown_ = std::move(next);
  Q_EMIT rearranged();
  if (wanted >= had) return;
  Q_EMIT aboutToRemove(toInt(wanted), toInt(had) - 1);
  shown_.resize(wanted);
  Q_EMIT removed();
}

}  // namespace taktwerk
