// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of results: points opened and saved, rows written to files and read from them.
#include <QDir>
#include <QFileInfo>
#include <set>
#include <utility>

#include "core/architecture/architecture_file.h"
#include "core/base/atomic_file.h"
#include "core/base/files.h"
#include "core/report/row_files.h"
#include "core/report/sweep_table.h"
#include "core/store/stored_rows.h"
#include "widgets/document/document.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/first_error.h"
#include "widgets/sweep/plots/marked_tab.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/point_profiles.h"
#include "widgets/sweep/plots/steps_tab.h"
#include "widgets/sweep/point_card.h"
#include "widgets/sweep/point_layers.h"
#include "widgets/sweep/point_settings.h"
#include "widgets/sweep/point_texts.h"
#include "widgets/sweep/result_panel.h"
#include "widgets/sweep/results/sweep_results.h"
#include "widgets/sweep/sweep_page.h"
#include "widgets/sweep/sweep_run.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

/// What became of a file of results.
struct Exported {
  Diagnostics problems;
  bool cancelled = false;  ///< and nothing was written
};
constexpr JobChannel<Exported> exports{"export results", "rows"};

/// What a store holds, or what is wrong with it.
struct ReadResults {
  RowTable table;
  std::shared_ptr<const StoredOrigins> origins;  ///< null: nothing was read
  Diagnostics problems;
};
constexpr JobChannel<ReadResults> readings{"read results", "rows"};
constexpr JobChannel<QStringList> comparisons{"compare files"};

Exported writeRows(const QString& path, const RowTable& table, const std::vector<std::uint32_t>& rows,
                   const RowFileHead& head, Progress& progress) {
  auto file = AtomicFile::create(toPath(path));
  if (!file) return {std::move(file.diagnostics)};
  if (path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive)) {
    writeRowsAsJson(file->stream(), table, rows, progress, head);
  } else {
    writeRowsAsCsv(file->stream(), table, rows, progress);
  }
  if (progress.cancelled()) return {{}, true};
  return {file->commit()};
}

/// What all rows of a store are of, where that is one architecture and one network.
RowFileHead headOf(const StoredOrigins& origins) {
  std::set<std::pair<std::string, std::int64_t>> files;
  RowFileHead head;
  for (const StoredStudyFiles& study : origins.studies) {
    for (const StoredFile& file : study.files) {
      if (file.kind == "mapping" || !files.emplace(file.kind, file.id).second) continue;
      if (file.kind == "network") head.network = file.path;
      const auto text = origins.texts.find(file.id);
      if (file.kind != "architecture" || text == origins.texts.end() || !text->second.text) continue;
      const auto architecture = parseArchitecture(*text->second.text, file.path);
      if (architecture) head.architecture = architecture->name;
    }
  }
  return files.size() == 2 ? head : RowFileHead();
}

/// The first error, or what is warned of where there is none.
QString wordsOf(const Diagnostics& problems) {
  const Diagnostic* error = firstError(problems);
  if (!error && !problems.empty()) error = &problems.front();
  return error ? QString::fromStdString(error->message) : QString();
}

bool isSameFile(const QString& a, const QString& b) {
  const auto clean = [](const QString& path) { return QDir::cleanPath(QFileInfo(path).absoluteFilePath()); };
  return clean(a) == clean(b);
}

}  // namespace

PointDesign SweepPage::chosenDesign() const {
  const std::size_t row = *table_->currentRow();
  if (origins_) return storedDesignOf(results_->table(), row, *origins_, models_.document().get());
  return designOf(results_->table(), row, *run_);
}

std::optional<CardSource> SweepPage::cardSource(std::uint32_t row) const {
  const RowTable& table = results_->table();
  if (row >= table.rows()) return std::nullopt;
  if (origins_)
    return storedCardSourceOf(table, row, *origins_, models_.document().get(),
                              models_.estimates.input().memory);
  if (!run_->request().sweep) return std::nullopt;
  return cardSourceOf(table, row, *run_);
}

PointStudy SweepPage::studyOfRow(std::size_t row) const {
  return origins_ ? storedStudyOf(results_->table(), row, *origins_) : studyOf(results_->table(), row, *run_);
}

void SweepPage::bindProfiles() {
  table_->plots().markedTab().profiles().setSource([this](std::uint32_t row) { return studyOfRow(row); },
                                                   models_.estimates.input().memory);
  table_->plots().steps().profiles().setSource([this](std::uint32_t row) { return studyOfRow(row); },
                                               models_.estimates.input().memory);
  table_->plots().setDerived([this] {
    std::vector<std::string> names;
    const auto& sweep = run_->request().sweep;
    if (origins_ || !sweep || !sweep->judge) return names;
    for (const DerivedValue& derived : sweep->judge->space().derived) names.push_back(derived.name);
    return names;
  });
}

void SweepPage::stopReading() {
  ++wanted_;
  models_.jobs.cancel(readings, this);
}

void SweepPage::openResults(const QString& path) {
  if (!mayReplace()) return;
  ++wanted_;
  models_.jobs.start(
      readings, tr("Reading %1").arg(QFileInfo(path).fileName()), this,
      [path](Progress& progress) {
        ReadResults read;
        auto stored = readStoredResults(toPath(path).string(), progress);
        read.problems = std::move(stored.diagnostics);
        if (!stored || hasErrors(read.problems) || progress.cancelled()) return read;
        read.table = rowTableOf(stored->table, progress);
        auto origins = std::make_shared<const StoredOrigins>(originsOf(std::move(*stored)));
        if (!progress.cancelled()) read.origins = std::move(origins);
        return read;
      },
      [this, path, wanted = wanted_](const ReadResults& read) {
        // Rows of a run that began since would not fit those of the store.
        if (wanted != wanted_ || run_->isRunning()) return;
        if (!read.origins) return table_->tell(wordsOf(read.problems));
        origins_ = read.origins;
        unkept_ = 0;
        onlyHere_ = false;
        ++shown_;
        run_->forget();
        results_->begin(read.table);
        models_.session.say(
            tr("Read %1 results from %2").arg(grouped(static_cast<std::int64_t>(read.table.rows())), path));
      });
}

void SweepPage::showLayers() {
  PointLayers& layers = table_->layers();
  const auto row = table_->currentRow();
  if (!row) return layers.showSentence(tr("Choose a point to see its layers."));
  const RowTable& table = results_->table();
  const QString point = grouped(table.whole(0, *row));
  switch (table.state(*row)) {
    case PointState::Infeasible:
      return layers.showSentence(
          tr("Point %1 has no layers: it is no design that could be estimated.").arg(point));
    case PointState::Failed:
      return layers.showSentence(tr("Point %1 has no layers: estimating it failed.").arg(point));
    case PointState::Cancelled:
      return layers.showSentence(
          tr("Point %1 has no layers: it was under way when the run was stopped.").arg(point));
    case PointState::Done:
      break;
  }
  if (origins_)
    return layers.showStored({origins_->path, origins_->store, origins_->ids[*row]},
                             tr("Layers of point %1").arg(point));
  const SweepRequest& request = run_->request();
  layers.showSentence(
      request.scratch ? tr("The layers of points are kept when results are kept in a file: see “Keep in…”.")
                      : tr("The layers of points are kept in %1: “Open results…” shows them.")
                            .arg(QFileInfo(request.store).fileName()));
}

void SweepPage::openPoint() {
  const PointDesign design = chosenDesign();
  table_->tell({});
  if (!design.missing.isEmpty()) {
    return table_->tell(tr("Point %1 was not opened: there is no file %2 any more.")
                            .arg(design.number)
                            .arg(design.missing.join(tr(" and no "))));
  }
  if (design.files.architecture.isEmpty())
    return table_->tell(
        tr("The file of results does not say which architecture point %1 is of.").arg(design.number));
  if (!design.unread.isEmpty())
    table_->tell(
        tr("Whether the architecture of point %1 was changed since cannot be said: the text of then cannot "
           "be read from the file of results: %2.")
            .arg(design.number)
            .arg(design.unread));
  if (design.choicesUnread)
    table_->tell(
        tr("Layers of point %1 had choices of mappings that this version cannot read from the file of "
           "results: its cycles may differ from those in the table.")
            .arg(design.number));
  if (isSameFile(design.files.architecture, models_.document()->place())) return take(design);
  models_.open.design(
      {tr("point %1").arg(design.number), design.files, design.parameters, design.choices, design.texts});
}

QString SweepPage::sinceWhen(const DesignTexts& texts) const {
  const bool changed = texts.architecture && *texts.architecture != models_.document()->bytes;
  return changed ? tr("The architecture was changed since this point was estimated. ") : QString();
}

void SweepPage::compareFiles(const QString& name, const DesignTexts& texts) {
  models_.jobs.start(
      comparisons, tr("Comparing files with those of then"), this,
      [input = models_.estimates.input(), texts](Progress&) {
        const auto now = textsOf(input);
        return now ? changedFiles(texts, *now) : QStringList();
      },
      [this, name](const QStringList& changed) {
        if (changed.isEmpty()) return;
        const QString said = tr("Changed since %1 was estimated: %2.").arg(name, changed.join(tr(" and ")));
        models_.session.say(said);
        table_->tell(said);
      });
}

/// The point is one of the open architecture.
void SweepPage::take(const PointDesign& design) {
  const EstimateInput& input = models_.estimates.input();
  QStringList kept;  // that no step of the history takes back
  if (!design.files.network.isEmpty() && !isSameFile(design.files.network, input.networkPath)) {
    models_.estimates.setNetwork(design.files.network);
    kept << tr("the network");
  }
  if (design.files.mappings != input.mappingPaths) {
    models_.estimates.setMappings(design.files.mappings);
    kept << tr("the choice of mappings");
  }
  for (const QString& mapping : design.files.added) models_.estimates.addMapping(mapping);
  models_.session.jump([&] {
    WorkspaceChoices choices = models_.workspace.choices();
    choices.parameters = design.parameters;
    if (!design.choicesUnread) choices.layers = design.choices;
    models_.workspace.change({tr("Open point %1").arg(design.number)}, choices);
    models_.session.reveal(QStringLiteral("diagram"));
  });
  models_.estimates.run();
  QString said = tr("Point %1: its values are set for the estimate. Undo takes them back").arg(design.number);
  said.prepend(sinceWhen(design.texts));
  if (kept.size() == 1) said += tr("; %1 of the point stays").arg(kept.front());
  if (kept.size() > 1) said += tr("; %1 of the point stay").arg(kept.join(tr(" and ")));
  models_.session.say(said + QLatin1Char('.'));
  compareFiles(tr("point %1").arg(design.number), design.texts);
}

void SweepPage::takeOpened(const DesignToOpen& design) {
  models_.session.reveal(QStringLiteral("diagram"));
  models_.estimates.run();
  models_.session.say(sinceWhen(design.texts) +
                      tr("Opened %1 of %2 with its values.")
                          .arg(design.name, QFileInfo(design.files.architecture).fileName()));
  compareFiles(design.name, design.texts);
}

void SweepPage::savePoint() {
  const PointDesign design = chosenDesign();
  const QString& architecture = design.files.architecture;
  if (!design.texts.architecture)
    return table_->tell(
        tr("Point %1 was not saved: what its architecture held cannot be read from the file of "
           "results: %2.")
            .arg(design.number)
            .arg(design.unread));
  const Result<std::string> text = textOfDesign(*design.texts.architecture, design);
  if (!text) return table_->tell(wordsOf(text.diagnostics));
  const QString stem = QFileInfo(architecture).fileName().section(QLatin1Char('.'), 0, 0);
  const QString proposed = QStringLiteral("%1-%2.arch.yaml").arg(stem).arg(design.number);
  const QString path = models_.ask.architecturePath ? models_.ask.architecturePath(proposed) : QString();
  if (path.isEmpty()) return;
  const Diagnostics problems = writeFileAtomically(toPath(path), *text);
  table_->tell(wordsOf(problems));
  if (!hasErrors(problems)) models_.session.say(tr("Wrote point %1 to %2").arg(design.number).arg(path));
}

void SweepPage::exportRows(bool all) {
  const QString path =
      models_.ask.tablePath ? models_.ask.tablePath(QStringLiteral("results.csv")) : QString();
  if (path.isEmpty()) return;
  const RowTable table = results_->table();
  std::vector<std::uint32_t> rows = results_->shown();
  if (all) {
    rows.clear();
    RowFilter().select(table, 0, table.rows(), rows);
  }
  const auto count = static_cast<std::int64_t>(rows.size());
  const bool keeps = rows.size() == table.rows() && !origins_ && !run_->isRunning();
  models_.jobs.start(
      exports, tr("Writing %1").arg(QFileInfo(path).fileName()), this,
      [path, table, rows = std::move(rows), origins = origins_,
       sweep = run_->request().sweep](Progress& progress) {
        const RowFileHead head = origins ? headOf(*origins) : sweep ? rowFileHeadOf(*sweep) : RowFileHead();
        return writeRows(path, table, rows, head, progress);
      },
      [this, path, count, keeps, shown = shown_](const Exported& exported) {
        if (exported.cancelled) return models_.session.say(tr("Nothing was written to %1").arg(path));
        table_->tell(wordsOf(exported.problems));
        if (hasErrors(exported.problems)) return;
        if (keeps && shown == shown_) {
          unkept_ = 0;
          onlyHere_ = false;
        }
        models_.session.say(tr("Wrote %1 rows to %2").arg(grouped(count), path));
      });
}

}  // namespace taktwerk
