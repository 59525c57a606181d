// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <vector>

namespace taktwerk {

/// Where a step of the history belongs.
struct HistoryPlace {
  enum class Kind { Architecture, Network, Mapping, Choices };
  Kind kind = Kind::Architecture;
  QString path;  ///< of its file; empty while it is in none
  friend bool operator==(const HistoryPlace&, const HistoryPlace&) = default;
};

/// Whose edits are steps of a history: an open document. It takes its steps out (`History::forget`) when it
/// goes or becomes another one.
class HistoryOwner {
 public:
  virtual ~HistoryOwner() = default;
  [[nodiscard]] virtual HistoryPlace historyPlace() const = 0;
  /// Shows what its steps made of it. Told once, however many steps the history went.
  virtual void catchUp() = 0;
};

/// One edit of one document. It takes the document there and back, and shows nothing of it: see `catchUp`.
class HistoryStep {
 public:
  /// `owner` outlives the step; `name` is shown: "Delete alu".
  HistoryStep(HistoryOwner& owner, QString name) : owner_(owner), name_(std::move(name)) {}
  HistoryStep(const HistoryStep&) = delete;
  HistoryStep& operator=(const HistoryStep&) = delete;
  virtual ~HistoryStep() = default;

  virtual void undo() = 0;
  virtual void redo() = 0;
  /// Takes over `next`, a step of the same document that was done right after this one, if the two are one
  /// for the user.
  virtual bool mergeWith(const HistoryStep& next);
  /// Whether it changes nothing any more, after it took another one over.
  [[nodiscard]] virtual bool isEmpty() const { return false; }

  [[nodiscard]] HistoryOwner& owner() const { return owner_; }
  [[nodiscard]] const QString& name() const { return name_; }

 protected:
  void setName(const QString& name) { name_ = name; }

 private:
  friend class History;
  HistoryOwner& owner_;
  QString name_;
  bool sealed_ = false;
};

/// The one history of a window: the steps of all its documents, in the order in which the user did them.
/// Steps of a document that goes are taken out from among the others. Those stay valid, since a step changes
/// the text of its own document and nothing else; a QUndoStack can only be emptied, which is why this is a
/// list of its own.
class History : public QObject {
  Q_OBJECT
 public:
  explicit History(QObject* parent = nullptr) : QObject(parent) {}
  ~History() override;

  /// Does a step and keeps it, instead of those that were undone. It becomes one with the latest step if that
  /// is of the same document, was neither followed by another nor undone since, and takes it over.
  void push(std::unique_ptr<HistoryStep> step);
  /// Takes out the steps of a document, done and undone ones.
  void forget(const HistoryOwner& owner);
  /// The document was saved, maybe elsewhere: its next step is one of its own, so that it can be undone to
  /// what was saved.
  void seal(const HistoryOwner& owner);

  /// How many steps there are, and how many of them are done.
  [[nodiscard]] int count() const { return static_cast<int>(steps_.size()); }
  [[nodiscard]] int index() const { return index_; }
  [[nodiscard]] bool canUndo() const { return index_ > 0; }
  [[nodiscard]] bool canRedo() const { return index_ < count(); }
  /// How many steps of a document are done, and how many it has.
  [[nodiscard]] int done(const HistoryOwner& owner) const;
  [[nodiscard]] int count(const HistoryOwner& owner) const;
  /// The name of a step; one that is not the architecture's says where it belongs: "Change K of conv1
  /// (mine.network.yaml)". Empty when there is no such step.
  [[nodiscard]] QString text(int step) const;
  [[nodiscard]] QString undoText() const { return text(index_ - 1); }
  [[nodiscard]] QString redoText() const { return text(index_); }

  void undo() { setIndex(index_ - 1); }
  void redo() { setIndex(index_ + 1); }
  /// Undoes the latest step of a document, and what was done since.
  void undoLatestOf(const HistoryOwner& owner);
  /// Undoes or redoes until so many steps are done. Documents show only where that leads.
  void setIndex(int index);

 Q_SIGNALS:
  /// Steps were done, undone, changed, taken out or belong to another file. Documents have caught up.
  void indexChanged();
  /// `steps` steps were undone, or done again, the last of which is called `text` and belongs to `place`.
  void undone(const taktwerk::HistoryPlace& place, const QString& text, int steps);
  void redone(const taktwerk::HistoryPlace& place, const QString& text, int steps);

 private:
  /// Of the steps that are done; -1 without one.
  [[nodiscard]] int latestOf(const HistoryOwner& owner) const;
  void touch(HistoryOwner& owner);
  void letCatchUp();

  std::vector<std::unique_ptr<HistoryStep>> steps_;
  int index_ = 0;
  bool merges_ = false;                 ///< nothing happened since the latest step was done
  std::vector<HistoryOwner*> touched_;  ///< those who have not caught up yet
};

}  // namespace taktwerk
