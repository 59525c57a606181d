// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/document_controller.h"

#include <QDir>
#include <QFileInfo>
#include <cmath>
#include <set>

#include "core/base/files.h"
#include "core/drawing/block_placement.h"
#include "core/editing/declared_place.h"
#include "widgets/document/edit_command.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/layout_helper.h"
#include "widgets/jobs/job_manager.h"

namespace taktwerk {

namespace {

constexpr JobChannel<std::shared_ptr<const Document>> openings{"open"};
constexpr const char* emptyArchitecture = "format: taktwerk-architecture/1\nname: New architecture\n";

YamlNode pointNode(CanvasPoint at) {
  const auto number = [](double value) { return yamlScalar(std::to_string(std::llround(value))); };
  return yamlSequence({number(at.x), number(at.y)});
}

}  // namespace

DocumentController::DocumentController(JobManager& jobs, History& history, QString layoutProgram,
                                       QObject* parent)
    : QObject(parent), jobs_(jobs), history_(history), layoutProgram_(std::move(layoutProgram)) {
  connect(&watch_, &FileWatch::changed, this, &DocumentController::reloadIfDifferent);
  connect(&watch_, &FileWatch::lost, this, [this] {
    lose();
    Q_EMIT fileLost();
  });
  connect(&watch_, &FileWatch::found, this, &DocumentController::find);
}

DocumentController::~DocumentController() {
  history_.forget(*this);
}

void DocumentController::open(const QString& path) {
  openIn(path, false);
}

void DocumentController::openCopy(const QString& path) {
  openIn(path, true);
}

void DocumentController::openIn(const QString& path, bool copy) {
  Q_EMIT opening(path);
  jobs_.start(
      openings, tr("Opening %1").arg(QFileInfo(path).fileName()), this,
      [path, copy, program = layoutProgram_](Progress& progress) {
        DocumentView view;
        view.layout = layoutByHelper(program, progress);
        auto document = std::make_shared<Document>(openDocument(path, view));
        if (copy) document->copyOf = std::exchange(document->path, QString());
        return std::shared_ptr<const Document>(document);
      },
      [this, path](const std::shared_ptr<const Document>& document) {
        if (!document->architecture) {
          Q_EMIT openFailed(path, document->diagnostics);
          return;
        }
        adopt(document, document->bytes);
      });
}

void DocumentController::adopt(std::shared_ptr<const Document> document, std::string savedBytes) {
  forgetSteps();
  places_.clear();
  savedBytes_ = std::move(savedBytes);
  document_ = std::move(document);
  lost_ = false;
  watch();
  show(document_, Change::Opened);
  modified_ = isModified();
  Q_EMIT modifiedChanged();
}

void DocumentController::create() {
  jobs_.cancel(openings, this);
  adopt(std::make_shared<const Document>(makeDocument({}, emptyArchitecture)), emptyArchitecture);
}

void DocumentController::restore(const QString& path, std::string bytes, std::string savedBytes,
                                 const QString& copyOf) {
  auto document = std::make_shared<const Document>(path.isEmpty() ? makeCopy(copyOf, std::move(bytes))
                                                                  : makeDocument(path, std::move(bytes)));
  if (document->architecture) {
    adopt(document, std::move(savedBytes));
  } else {
    Q_EMIT openFailed(path, document->diagnostics);
  }
}

void DocumentController::watch() {
  watch_.watch(document_ ? document_->path : QString(), savedBytes_);
}

void DocumentController::show(std::shared_ptr<const Document> document, Change change) {
  document_ = std::move(document);
  lastChange_ = change;
  if (document_) {
    for (const Block& block : document_->diagram->blocks) {
      const ShownObject& object = document_->shown->objects[block.object.index()];
      // Places in the file speak for themselves; undoing a move must lead to where the block stood before.
      if (!block.parent && !object.at) places_[object.name] = {block.rect.x, block.rect.y};
    }
  }
  Q_EMIT documentChanged();
}

HistoryPlace DocumentController::historyPlace() const {
  return {HistoryPlace::Kind::Architecture, document_ ? document_->path : QString()};
}

void DocumentController::catchUp() {
  const std::shared_ptr<const Document> prepared = std::exchange(prepared_, nullptr);
  if (!ahead_) return;
  const std::string bytes = *ahead_;
  ahead_.reset();
  if (bytes == document_->bytes) return;
  show(prepared && prepared->bytes == bytes ? prepared : documentOf(bytes), Change::Edited);
  tellIfModified();
}

int DocumentController::unsavedSteps() const {
  return isModified() ? std::max(1, std::abs(history_.done(*this) - savedSteps_)) : 0;
}

void DocumentController::forgetSteps() {
  ahead_.reset();
  savedSteps_ = 0;
  history_.forget(*this);
}

void DocumentController::takeAsSaved() {
  savedBytes_ = document_->bytes;
  savedSteps_ = history_.done(*this);
  lost_ = false;
  history_.seal(*this);
}

void DocumentController::tellIfModified() {
  if (modified_ == isModified()) return;
  modified_ = !modified_;
  Q_EMIT modifiedChanged();
}

std::shared_ptr<Document> DocumentController::documentOf(std::string bytes) const {
  const QString& path = document_->path;
  return std::make_shared<Document>(path.isEmpty() ? makeCopy(document_->copyOf, std::move(bytes), view())
                                                   : makeDocument(path, std::move(bytes), view()));
}

QString DocumentController::edit(const QString& name, const std::vector<ArchitectureEdit>& edits,
                                 const QString& mergeKey) {
  if (document_ && !document_->architecture->readOnly && edits.empty()) return {};
  return replace(name, document_ ? applyEdits(document_->bytes, edits) : Result<std::string>(), mergeKey);
}

QString DocumentController::replace(const QString& name, Result<std::string> text, const QString& mergeKey) {
  if (!document_) return tr("Open an architecture first.");
  if (document_->architecture->readOnly) {
    return tr("The architecture holds something this version does not understand and is read-only.");
  }
  if (!text) return QString::fromStdString(text.diagnostics.front().message);
  TextDelta delta = textDelta(document_->bytes, *text);
  if (delta.empty()) return {};
  if (text->size() > maximumDocumentBytes) return tr("The file would become too large.");
  prepared_ = documentOf(std::move(*text));
  if (!prepared_->architecture) {
    QString reason = QString::fromStdString(prepared_->diagnostics.front().message);
    prepared_.reset();
    return reason;
  }
  history_.push(std::make_unique<EditCommand>(*this, name, std::move(delta), mergeKey));
  return {};
}

DocumentView DocumentController::view() const {
  return {{}, places_, document_->diagram.get(), document_->expansion};
}

void DocumentController::setExpansion(Expansion expansion) {
  if (!document_ || document_->expansion == expansion) return;
  places_.clear();  // frames have other sizes now; what has no place in the file is laid out anew
  show(std::make_shared<const Document>(
           viewedDocument(*document_, {{}, {}, document_->diagram.get(), std::move(expansion)})),
       Change::Viewed);
}

std::vector<ArchitectureEdit> DocumentController::placeEdits(const Places& places) const {
  std::vector<ArchitectureEdit> edits;
  if (!document_ || document_->architecture->readOnly) return edits;
  const std::vector<Block>& blocks = document_->diagram->blocks;
  const auto nameOfBlock = [&](const Block& b) -> const std::string& {
    return document_->shown->objects[b.object.index()].name;
  };
  std::set<std::pair<std::string, std::string>> done;  // an instance's part once, however many are open
  const auto placeAt = [&](const Block& block, CanvasPoint at) {
    const auto origin = originOf(*document_->architecture, nameOfBlock(block));
    if (!origin || !document_->isEditable(block.object)) return;
    if (document_->shown->objects[block.object.index()].at == at) return;
    if (!done.emplace(origin->inTemplate, origin->object).second) return;
    edits.emplace_back(SetAttribute{origin->object, "at", pointNode(at), origin->inTemplate});
  };
  // The canvas always: blocks that were laid out shall stay where they are, and so shall those that an open
  // group pushes once the file places it. Other frames when one of their blocks moves.
  std::vector<Block> outer;
  std::set<std::uint32_t> frames;
  for (const Block& block : blocks) {
    const auto wanted = places.find(nameOfBlock(block));
    if (wanted != places.end() && block.parent) frames.insert(*block.parent);
    if (block.parent) continue;
    outer.push_back(block);
    if (wanted == places.end()) continue;
    outer.back().rect.x = wanted->second.x;
    outer.back().rect.y = wanted->second.y;
  }
  const std::vector<Point> corners = placesInFile(outer);
  for (std::size_t i = 0; i < outer.size(); ++i) {
    const auto& at = document_->shown->objects[outer[i].object.index()].at;
    const bool there = at && toGrid(at->x) == corners[i].x && toGrid(at->y) == corners[i].y;
    if (!there || places.contains(nameOfBlock(outer[i]))) placeAt(outer[i], {corners[i].x, corners[i].y});
  }
  for (const Block& block : blocks) {
    if (!block.parent || !frames.contains(*block.parent) || !document_->group(ShownId{*block.parent}))
      continue;
    const auto wanted = places.find(nameOfBlock(block));
    if (wanted == places.end() && document_->shown->objects[block.object.index()].at) continue;
    const Point stands = wanted == places.end() ? Point{block.rect.x, block.rect.y}
                                                : Point{wanted->second.x, wanted->second.y};
    placeAt(block, {stands.x - block.origin.x, stands.y - block.origin.y});
  }
  for (const auto& [name, at] : places) {  // a unit on its way out of its stage, a block that is added
    const ShownObject* object = document_->shown->find(name);
    if (!object || !isDeclared(*document_->architecture, name)) continue;
    const auto& parent = blocks[object->shown.index()].parent;
    if (!parent || document_->group(ShownId{*parent})) continue;
    if (object->at != at) edits.emplace_back(SetAttribute{name, "at", pointNode(at)});
  }
  return edits;
}

Diagnostics DocumentController::saveAs(const QString& path) {
  if (!document_ || path.isEmpty()) return {};
  if (lost_ && path == document_->path) QDir().mkpath(QFileInfo(path).path());
  Diagnostics failure = writeFileAtomically(toPath(path), document_->bytes);
  if (hasErrors(failure)) return failure;
  takeAsSaved();
  if (path != document_->path) {
    show(std::make_shared<const Document>(makeDocument(path, document_->bytes, view())), Change::Edited);
  }
  tellIfModified();
  watch();
  Q_EMIT saved(path);
  return failure;
}

void DocumentController::lose() {
  lost_ = true;
  tellIfModified();
}

void DocumentController::find() {
  // With other bytes what is here stays the only copy until it is read again, or asked about.
  if (watch_.bytes() == savedBytes_) lost_ = false;
  tellIfModified();
  Q_EMIT fileFound();
}

void DocumentController::reloadIfDifferent() {
  if (!document_) return;
  if (watch_.bytes() == savedBytes_) {
    if (lost_) find();  // was something else in between that could not be read
  } else if (document_->bytes != savedBytes_) {
    lost_ = false;
    savedBytes_ = watch_.bytes();  // undoing to what was saved here is no way back to the file any more
    tellIfModified();
    Q_EMIT changedOnDisk();
  } else {
    reload();
  }
}

void DocumentController::reload() {
  if (!document_ || document_->path.isEmpty()) return;
  const QString path = document_->path;
  Q_EMIT opening(path);
  jobs_.start(
      openings, tr("Reading %1").arg(QFileInfo(path).fileName()), this,
      [path, view = view(), drawn = document_](Progress&) {
        return std::make_shared<const Document>(openDocument(path, view));
      },
      [this](const std::shared_ptr<const Document>& document) { takeReloaded(document); });
}

void DocumentController::takeReloaded(const std::shared_ptr<const Document>& document) {
  if (!document_ || document_->path != document->path) return;
  if (!document->architecture) {
    lose();  // what is here is the last sound text there is
    Q_EMIT openFailed(document->path, document->diagnostics);
    return;
  }
  lost_ = false;
  savedBytes_ = document->bytes;
  TextDelta delta = textDelta(document_->bytes, document->bytes);
  if (!delta.empty()) {
    prepared_ = document;
    history_.push(
        std::make_unique<EditCommand>(*this, tr("Read the changed file"), std::move(delta), QString()));
  }
  takeAsSaved();
  tellIfModified();
  watch();
  Q_EMIT reloaded();
}

void DocumentController::close() {
  jobs_.cancel(openings, this);
  if (!document_) return;
  forgetSteps();
  savedBytes_.clear();
  lost_ = false;
  places_.clear();
  document_.reset();
  watch();
  show(nullptr, Change::Closed);
  tellIfModified();
}

}  // namespace taktwerk
