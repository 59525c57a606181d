// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include "core/editing/edit.h"
#include "widgets/document/document.h"
#include "widgets/document/file_watch.h"
#include "widgets/document/history.h"

namespace taktwerk {

class JobManager;

/// Owns the open document. Opening happens in a job; a file that cannot be read leaves the
/// document as it was and is reported with `openFailed`. Documents change by `edit` alone, which makes a step
/// of the window's history; each change is a new immutable `Document`. When another program changes the file
/// it is read again, half a second after the last change, as a step that can be undone; with unsaved changes
/// `changedOnDisk` asks first. When the file goes away, or becomes one that cannot be read, what is here is
/// the only copy: it counts as modified until it is saved or the file is back.
class DocumentController : public QObject, public HistoryOwner {
  Q_OBJECT
 public:
  enum class Change { Opened, Edited, Viewed, Closed };
  /// A file that another program writes rests this long before it is read.
  static constexpr int settleMilliseconds = FileWatch::settleMilliseconds;

  /// `layoutProgram` is the path of taktwerk-layout, or empty.
  DocumentController(JobManager& jobs, History& history, QString layoutProgram, QObject* parent = nullptr);
  ~DocumentController() override;

  [[nodiscard]] const std::shared_ptr<const Document>& document() const { return document_; }
  /// Opens an architecture file, instead of what is open.
  void open(const QString& path);
  /// Opens a copy of a shipped file, which is not saved yet.
  void openCopy(const QString& path);
  /// Reads the file again; what differs is a step that can be undone.
  void reload();
  void close();
  /// An empty architecture without a path.
  void create();
  /// A document that was kept elsewhere, with `savedBytes` in its file: recovered work. With an empty path it
  /// is a copy of the shipped file `copyOf`, or new.
  void restore(const QString& path, std::string bytes, std::string savedBytes, const QString& copyOf = {});

  /// What the latest `documentChanged` was about.
  [[nodiscard]] Change lastChange() const { return lastChange_; }
  /// All steps of the window, those of the architecture among them.
  [[nodiscard]] History& history() const { return history_; }
  /// Whether its file holds something else, or is gone.
  [[nodiscard]] bool isModified() const { return document_ && (lost_ || document_->bytes != savedBytes_); }
  /// How many steps what is here is away from what was saved, roughly where saved steps were undone.
  [[nodiscard]] int unsavedSteps() const;
  /// Whether the file is gone or cannot be read, and what is here is the only copy.
  [[nodiscard]] bool isLost() const { return lost_; }
  /// As it stands in the file, as far as known.
  [[nodiscard]] const std::string& savedBytes() const { return savedBytes_; }

  /// Makes a step of the history from edits, all or none; `name` is shown in it. Steps with equal `mergeKey`
  /// in quick succession become one, those of one gesture however long it takes (see `gestureKey`). Returns
  /// why it cannot be done, or nothing.
  QString edit(const QString& name, const std::vector<ArchitectureEdit>& edits, const QString& mergeKey = {});
  /// Makes a step of the history to another text, as edits in the core gave it or refused it.
  QString replace(const QString& name, Result<std::string> text, const QString& mergeKey = {});
  /// Edits that place blocks at places of the canvas, and with them all others of the same frame that the
  /// file does not place yet where they stand, so that they stay there when the file is opened again. Parts
  /// of an instance are placed in their template. Empty when there is nothing to place.
  [[nodiscard]] std::vector<ArchitectureEdit> placeEdits(const Places& places) const;
  /// Opens and closes groups of the diagram; no step of the history.
  void setExpansion(Expansion expansion);
  /// A block that is about to be added or renamed stands here until the file says otherwise.
  void rememberPlace(const std::string& name, CanvasPoint at) { places_[name] = at; }

  /// Writes the document to a file, which is its file then. A folder that went away with the file is made
  /// again. Empty on success.
  Diagnostics saveAs(const QString& path);

  [[nodiscard]] HistoryPlace historyPlace() const override;
  /// Shows the document of the text that the history is at.
  void catchUp() override;

 Q_SIGNALS:
  void opening(const QString& path);
  /// Another document, an edited one, or none: see `lastChange`.
  void documentChanged();
  void openFailed(const QString& path, const taktwerk::Diagnostics& diagnostics);
  void modifiedChanged();
  void saved(const QString& path);
  /// Another program changed the file while there are unsaved changes.
  void changedOnDisk();
  /// The file was deleted, moved away, or cannot be read any more: see `isLost`.
  void fileLost();
  /// It is there again.
  void fileFound();
  /// The file was read again, with `Edited` as the change.
  void reloaded();

 private:
  friend class EditCommand;
  [[nodiscard]] DocumentView view() const;
  /// The text that the history is at. It runs ahead of the document while the history goes several steps.
  [[nodiscard]] const std::string& textNow() const { return ahead_ ? *ahead_ : document_->bytes; }
  /// Another text, by a step of the history; shown once the history is where it shall be.
  void takeText(std::string bytes) { ahead_ = std::move(bytes); }
  void show(std::shared_ptr<const Document> document, Change change);
  void adopt(std::shared_ptr<const Document> document, std::string savedBytes);
  void takeReloaded(const std::shared_ptr<const Document>& document);
  /// The open document with another text.
  [[nodiscard]] std::shared_ptr<Document> documentOf(std::string bytes) const;
  void openIn(const QString& path, bool copy);
  void watch();
  /// What is here is what the file holds.
  void takeAsSaved();
  void forgetSteps();
  void tellIfModified();
  void lose();
  void find();
  void reloadIfDifferent();

  JobManager& jobs_;
  History& history_;
  QString layoutProgram_;
  FileWatch watch_;
  bool lost_ = false;
  std::shared_ptr<const Document> document_;
  std::shared_ptr<const Document> prepared_;  ///< of the step that is being pushed
  std::optional<std::string> ahead_;          ///< text of a step whose document is not made yet
  Change lastChange_ = Change::Closed;
  Places places_;
  std::string savedBytes_;
  int savedSteps_ = 0;     ///< of the history, done when it was saved
  bool modified_ = false;  ///< as told last
};

}  // namespace taktwerk
