// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/estimate_controller.h"

#include <QFileInfo>
#include <algorithm>
#include <cmath>

#include "core/analysis/standing.h"
#include "core/analysis/study_sources.h"
#include "core/study/study_estimate.h"
#include "widgets/document/document.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/mapping_files.h"
#include "widgets/jobs/job_manager.h"

namespace taktwerk {

namespace {

constexpr JobChannel<EstimateOutcome> runs{"estimate"};
constexpr JobChannel<NetworkReading> readings{"network"};

void append(Diagnostics& all, const Diagnostics& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// The chosen network's text as edited here, or null.
std::shared_ptr<const std::string> editedNetwork(const EstimateInput& input) {
  const auto edited = input.texts.find(input.networkPath);
  return edited == input.texts.end() ? nullptr : edited->second;
}

/// What is studied.
const QString& studiedPath(const EstimateInput& input) {
  return input.tracePath.isEmpty() ? input.networkPath : input.tracePath;
}

constexpr int liveMilliseconds = 30;
constexpr qint64 patienceMilliseconds = 1000;

}  // namespace

bool sameStudy(const EstimateInput& a, const EstimateInput& b) {
  return a.document && b.document && a.document->architecture == b.document->architecture &&
         a.networkPath == b.networkPath && a.tracePath == b.tracePath && a.mappingPaths == b.mappingPaths &&
         a.parameters == b.parameters && a.choices == b.choices && a.addedMappings == b.addedMappings &&
         a.texts == b.texts;
}

NetworkReading readNetworkOf(const EstimateInput& input) {
  NetworkReading reading;
  const std::string path = toPath(input.networkPath).string();
  if (const auto edited = input.texts.find(input.networkPath); edited != input.texts.end()) {
    reading.text = edited->second;
  } else {
    auto text = input.memory->networkText(path);
    reading.diagnostics = std::move(text.diagnostics);
    if (!text) return reading;
    reading.text = *text;
  }
  const auto network = input.memory->network({path, reading.text}, sortParameters(input.parameters).network);
  append(reading.diagnostics, network.diagnostics);
  if (network) reading.network = *network;
  return reading;
}

StudyFiles filesOf(const EstimateInput& input) {
  StudyFiles files;
  files.read = input.document->architecture;
  const QString& place = input.document->place();  // beside a new document there are no mappings
  if (!place.isEmpty()) files.architecture = toPath(place).string();
  files.network = toPath(input.networkPath).string();
  files.trace = toPath(input.tracePath).string();
  for (const QString& path : input.mappingPaths) files.mappings.push_back(toPath(path).string());
  for (const QString& path : input.addedMappings) files.added.push_back(toPath(path).string());
  for (const auto& [path, text] : input.texts) files.texts[toPath(path).string()] = text;
  return files;
}

Result<Study> studyOf(const EstimateInput& input) {
  StudyFiles files = filesOf(input);
  Diagnostics diagnostics;
  if (!files.network.empty() && !files.texts.contains(files.network)) {
    auto text = input.memory->networkText(files.network);
    diagnostics = std::move(text.diagnostics);
    if (text) files.texts[files.network] = *text;
  }
  if (!files.texts.contains(files.network)) files.network.clear();  // it is said why
  Result<Study> study = readStudy(files, *input.memory);
  study->settings = sortParameters(input.parameters);
  study->choices = input.choices;
  append(diagnostics, study.diagnostics);
  study.diagnostics = std::move(diagnostics);
  return study;
}

namespace {

/// The files of a run as they were edited when it began.
std::shared_ptr<const std::vector<StoredSource>> sourcesOf(const EstimateInput& input, const Study& study) {
  std::map<std::string, std::shared_ptr<const std::string>> texts;
  for (const auto& [path, text] : input.texts) texts[toPath(path).string()] = text;
  texts[study.architecture->file] = std::make_shared<const std::string>(input.document->bytes);
  return std::make_shared<const std::vector<StoredSource>>(storedSources(study, texts));
}

}  // namespace

EstimateOutcome runEstimate(const EstimateInput& input, Progress& progress) {
  EstimateOutcome outcome;
  outcome.document = input.document;
  const Result<Study> study = studyOf(input);
  outcome.diagnostics = study.diagnostics;
  outcome.mappings = static_cast<int>(study->mappings->size());
  outcome.cancelled = progress.cancelled();
  const bool nothing = study->network.path.empty() && study->trace.empty();
  if (hasErrors(outcome.diagnostics) || nothing || outcome.cancelled) return outcome;
  StudyOptions options;
  options.how.jobs = input.threads;
  options.how.usage = true;  // views say what every block did
  const auto result = estimate(*study, options, *input.memory, progress);
  for (const Diagnostic& problem : result->diagnostics) {
    const auto& known = outcome.diagnostics;
    if (std::find(known.begin(), known.end(), problem) == known.end()) outcome.diagnostics.push_back(problem);
  }
  outcome.network = result->network;
  outcome.machine = result->machine;
  outcome.mappingFiles = result->mappings;
  outcome.estimate = result->estimate;
  outcome.cancelled = result->cancelled;
  if (outcome.estimate) outcome.sources = sourcesOf(input, *study);
  outcome.parameters = input.parameters;
  if (result->machine) outcome.objects = ObjectTable(*result->machine, *input.document->architecture);
  return outcome;
}

QString grouped(std::int64_t value) {
  QString digits = QString::number(value);
  const qsizetype first = value < 0 ? 1 : 0;
  for (qsizetype at = digits.size() - 3; at > first; at -= 3) digits.insert(at, QChar(0x202F));
  return digits;
}

QString percentText(Cycles change, Cycles of) {
  if (of <= 0) return {};
  const double percent = std::abs(static_cast<double>(change)) * 100 / static_cast<double>(of);
  const QString digits = percent >= 10                   ? QString::number(percent, 'f', 0)
                         : percent >= 0.1 || change == 0 ? QString::number(percent, 'f', 1)
                                                         : QString::number(percent, 'g', 1);
  const QString sign = change < 0 ? QStringLiteral("−") : change > 0 ? QStringLiteral("+") : QString();
  return sign + digits + QStringLiteral(" %");
}

QString differenceText(Cycles now, Cycles before) {
  if (now == before) return {};
  const QString sign = now < before ? QStringLiteral("−") : QStringLiteral("+");
  QString text = sign + grouped(now < before ? before - now : now - before);
  if (before > 0) {
    text += QStringLiteral(" (%1)").arg(percentText(now - before, before));
  }
  return text;
}

QString standingText(const NetworkEstimate& estimate) {
  const Standing standing = standingOf(estimate);
  if (standing != Standing::Incomplete && (estimate.unmapped.empty() || hasErrors(estimate.diagnostics))) {
    const std::string_view label = labelOf(standing);
    return QString::fromUtf8(label.data(), static_cast<qsizetype>(label.size()));
  }
  const auto missing = estimate.unmapped.size();
  const auto guessed = std::count_if(estimate.layers.begin(), estimate.layers.end(),
                                     [](const LayerEstimate& layer) { return layer.guessed; });
  QString words = QObject::tr("at least %1 cycles").arg(grouped(estimate.cycles));
  if (missing > 0) {
    words +=
        missing == 1 ? QObject::tr(", 1 layer missing") : QObject::tr(", %1 layers missing").arg(missing);
  }
  if (guessed > 0) {
    words += guessed == 1 ? QObject::tr(", 1 layer of guessed size")
                          : QObject::tr(", %1 layers of guessed size").arg(guessed);
  }
  return words;
}

EstimateController::EstimateController(JobManager& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {
  connect(&jobs_, &JobManager::finished, this, [this](const QString& finished) {
    if (finished == QLatin1String(runs.name)) Q_EMIT stateChanged();
  });
  input_.threads = jobs_.threads();
  connect(&jobs_, &JobManager::threadsChanged, this, [this] { input_.threads = jobs_.threads(); });
  again_.setSingleShot(true);
  again_.setInterval(liveMilliseconds);
  connect(&again_, &QTimer::timeout, this, &EstimateController::runAgain);
}

void EstimateController::setDocument(std::shared_ptr<const Document> document) {
  const bool other = !document || !input_.document || document->path != input_.document->path;
  if (document && input_.document &&
      document->architecture == input_.document->architecture) {  // looked at differently
    if (outcome_.document == input_.document) {
      outcome_.document = document;
      input_.document = std::move(document);
      Q_EMIT outcomeChanged();
    } else {
      input_.document = std::move(document);
    }
    return;
  }
  input_.document = std::move(document);
  if (other) {
    input_.mappingPaths.clear();
    input_.parameters.clear();
    input_.choices.clear();
    input_.addedMappings.clear();
    jobs_.cancel(runs, this);
    outcome_ = {};
    before_.reset();
    Q_EMIT outcomeChanged();
    Q_EMIT problemsChanged();
  }
  touch();
}

void EstimateController::moveDocument(std::shared_ptr<const Document> document) {
  const QString before = input_.document->place();
  if (input_.mappingPaths.isEmpty() && mappingFolder(before) != mappingFolder(document->place())) {
    input_.mappingPaths = mappingsBeside(before);
  }
  const bool current = outcome_.document == input_.document;
  if (current) outcome_.document = document;
  input_.document = std::move(document);
  if (running()) touch();
  Q_EMIT inputChanged();
  if (current) Q_EMIT outcomeChanged();
}

void EstimateController::setNetwork(const QString& path) {
  if (path == input_.networkPath && input_.tracePath.isEmpty()) return;
  input_.networkPath = path;
  input_.tracePath.clear();
  readChosenNetwork();
  touch();
}

void EstimateController::setTrace(const QString& path) {
  if (path == input_.tracePath) return;
  if (!path.isEmpty()) input_.networkPath.clear();
  input_.tracePath = path;
  readChosenNetwork();
  touch();
}

void EstimateController::readChosenNetwork() {
  network_.reset();
  networkText_.reset();
  networkProblems_.clear();
  Q_EMIT networkChanged();
  Q_EMIT problemsChanged();
  if (input_.networkPath.isEmpty()) return;
  jobs_.start(
      readings, tr("Reading %1").arg(QFileInfo(input_.networkPath).fileName()), this,
      [input = input_](Progress&) { return readNetworkOf(input); },
      [this, edited = editedNetwork(input_)](NetworkReading reading) {
        if (edited != editedNetwork(input_)) return;  // changed since, and read at once
        takeNetwork(std::move(reading));
        Q_EMIT stateChanged();
      });
}

void EstimateController::takeNetwork(NetworkReading reading) {
  networkProblems_ = std::move(reading.diagnostics);
  network_ = std::move(reading.network);
  networkText_ = std::move(reading.text);
  Q_EMIT networkChanged();
  Q_EMIT problemsChanged();
}

Diagnostics EstimateController::problems() const {
  Diagnostics all = networkProblems_;
  for (const Diagnostic& d : outcome_.diagnostics) {
    if (std::find(all.begin(), all.end(), d) == all.end()) all.push_back(d);
  }
  return all;
}

void EstimateController::setMappings(const QStringList& paths) {
  if (paths == input_.mappingPaths) return;
  input_.mappingPaths = paths;
  touch();
}

void EstimateController::setParameters(const std::map<std::string, std::int64_t>& parameters) {
  if (parameters == input_.parameters) return;
  input_.parameters = parameters;
  readChosenNetwork();
  touch();
}

void EstimateController::setChoices(const std::map<std::string, LayerChoice>& choices) {
  if (choices == input_.choices) return;
  input_.choices = choices;
  touch();
}

void EstimateController::setText(const QString& path, std::shared_ptr<const std::string> text) {
  if (text) {
    input_.texts[path] = std::move(text);
  } else if (input_.texts.erase(path) == 0) {
    return;
  }
  // Small enough to be read at once: what is seen and what is edited never differ.
  if (path == input_.networkPath) takeNetwork(readNetworkOf(input_));
  touch();
}

void EstimateController::addMapping(const QString& path) {
  if (input_.addedMappings.contains(path)) return;
  input_.addedMappings << path;
  touch();
}

void EstimateController::leaveMappings(const QStringList& mappings, bool copied) {
  input_.mappingPaths.clear();
  for (const QString& path : mappings) {
    input_.addedMappings.removeAll(path);
    input_.texts.erase(path);
  }
  if (!copied || running()) return touch();
  Q_EMIT inputChanged();
}

void EstimateController::replaceMapping(const QString& before, const QString& path) {
  QStringList paths = input_.mappingPaths;
  QStringList added = input_.addedMappings;
  const bool wasAdded = added.removeAll(before) > 0;
  const QStringList beside = mappingsBeside(input_.document ? input_.document->place() : QString());
  if (paths.isEmpty() && beside.contains(before)) paths = beside;
  if (wasAdded || !paths.contains(before)) {
    if (!added.contains(path)) added << path;
  } else {
    paths.replace(paths.indexOf(before), path);
    paths.removeDuplicates();
  }
  input_.texts.erase(before);
  input_.mappingPaths = paths;
  input_.addedMappings = added;
  touch();
}

void EstimateController::setLive(bool live) {
  live_ = live;
}

std::optional<Cycles> EstimateController::cyclesBefore(const std::string& layer) const {
  if (!before_) return std::nullopt;
  for (const LayerEstimate& each : before_->layers) {
    if (each.name == layer) return each.cycles;
  }
  return std::nullopt;
}

void EstimateController::touch() {
  // A run that found nothing but problems is out of date too: they may be solved.
  outOfDate_ = outcome_.estimate != nullptr || !outcome_.diagnostics.empty();
  if (live_ && outOfDate_ && !again_.isActive()) again_.start();  // not put off by what follows
  Q_EMIT inputChanged();
  Q_EMIT stateChanged();
}

QString EstimateController::whyNotRunnable() const {
  if (!input_.document) return tr("Open an architecture first.");
  if (input_.document->architecture->readOnly) {
    return tr("The architecture holds something this version does not understand; see Problems.");
  }
  if (input_.document->hasProblems()) return tr("The architecture has errors; see Problems.");
  if (studiedPath(input_).isEmpty()) return tr("Choose a network first.");
  if (hasErrors(networkProblems_)) return tr("The network has errors; see Problems.");
  return {};
}

void EstimateController::runAgain() {
  // A short run may come to its end, or nothing would be seen while a slider moves.
  if (running() && age_.elapsed() < patienceMilliseconds) {
    again_.start();
    return;
  }
  run();
}

bool EstimateController::running() const {
  return jobs_.running(runs, this);
}

std::optional<JobState> EstimateController::runState() const {
  return jobs_.state(runs, this);
}

void EstimateController::run() {
  again_.stop();
  if (!whyNotRunnable().isEmpty()) return;
  age_.start();
  jobs_.start(
      runs,
      tr("Estimating %1 on %2")
          .arg(QFileInfo(studiedPath(input_)).fileName().section(QLatin1Char('.'), 0, 0),
               QString::fromStdString(input_.document->architecture->name)),
      this, [input = input_](Progress& progress) { return runEstimate(input, progress); },
      [this, input = input_](EstimateOutcome outcome) { take(std::move(outcome), input); });
  Q_EMIT stateChanged();
}

void EstimateController::take(EstimateOutcome outcome, const EstimateInput& input) {
  const bool sameArchitecture =
      input.document && input_.document && input.document->architecture == input_.document->architecture;
  if (sameArchitecture) outcome.document = input_.document;
  outOfDate_ = !sameStudy(input, input_);
  if (outcome.cancelled && outcome_.estimate) {  // the earlier result stays
    outOfDate_ = true;
    return;
  }
  // A file with errors for the moment leaves the figures there were, out of date.
  if (live_ && !outcome.estimate && outcome_.estimate && estimatedPath_ == studiedPath(input)) {
    outcome_.diagnostics = std::move(outcome.diagnostics);
    outOfDate_ = true;
    Q_EMIT stateChanged();
    Q_EMIT problemsChanged();
    return;
  }
  before_ = estimatedPath_ == studiedPath(input) ? outcome_.estimate : nullptr;
  estimatedPath_ = studiedPath(input);
  outcome_ = std::move(outcome);
  Q_EMIT outcomeChanged();
  Q_EMIT problemsChanged();
}

void EstimateController::cancel() {
  jobs_.cancel(runs, this);
}

}  // namespace taktwerk
