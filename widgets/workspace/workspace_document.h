// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <map>
#include <optional>
#include <string>

#include "core/base/diagnostic.h"
#include "core/study/workspace.h"
#include "widgets/document/history.h"
#include "widgets/workspace/pinned_files.h"

namespace taktwerk {

class DocumentController;
class EstimateController;
class Session;
struct EstimateInput;

/// What was chosen for the open architecture: attached mappings, tunables, values of parameters.
struct WorkspaceChoices {
  std::map<std::string, std::int64_t> parameters;  ///< "arch.rows", "network.batch", "mapping.tile_k"
  std::map<std::string, LayerChoice> layers;
  WorkspaceSweep sweep = {};  ///< its paths absolute
  friend bool operator==(const WorkspaceChoices&, const WorkspaceChoices&) = default;
};

/// A step's name: "Attach fast to conv0", or with values "tile_k 4 → 8 for conv0".
struct StepName {
  QString what;
  QString from = {}, to = {};  ///< of one value; steps that become one keep the first and the last
  QString where = {};
  [[nodiscard]] QString text() const;
};

/// What is open, as a workspace at `path`: its paths relative to that, absolute while it has none.
[[nodiscard]] Workspace workspaceOf(const EstimateInput& input, const QString& path);

/// Pinned results that are in no file are no unsaved work of their own: with a workspace they become files
/// when it is saved.
///
/// The workspace that is open, also one that is in no file yet: its choices, which change by `change` and
/// `changeLayers` alone, each a step of the window's history, and whether the file holds them. Without a file
/// it counts as modified as soon as anything is chosen; with one, also when it would name other files.
class WorkspaceDocument : public QObject, public HistoryOwner {
  Q_OBJECT
 public:
  WorkspaceDocument(DocumentController& documents, EstimateController& estimates, History& history,
                    QObject* parent = nullptr);
  ~WorkspaceDocument() override;
  /// From now on the workspace keeps what is pinned there. It must outlive this.
  void keepPinsOf(Session& session);

  [[nodiscard]] const QString& path() const { return path_; }
  /// How many steps of the history were done here since it began.
  [[nodiscard]] int steps() const { return history_.done(*this); }
  [[nodiscard]] bool isModified() const;
  /// "study.taktwerk: 3 layers with choices, 1 parameter" for questions; without a file, the architecture's.
  [[nodiscard]] QString description() const;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] WorkspaceChoices choices() const;

  /// Makes a step of the history. Steps with equal `mergeKey` in quick succession become one; one that in the
  /// end changed nothing goes away.
  void change(const StepName& name, const WorkspaceChoices& choices, const QString& mergeKey = {});
  void changeLayers(const StepName& name, const std::map<std::string, LayerChoice>& layers,
                    const QString& mergeKey = {});
  /// The design space and how it is swept, its paths absolute.
  [[nodiscard]] const WorkspaceSweep& sweep() const { return sweep_; }
  void changeSweep(const StepName& name, const WorkspaceSweep& sweep, const QString& mergeKey = {});
  /// What a workspace that is being opened says of it; no step of the history.
  void takeSweep(const WorkspaceSweep& sweep);
  /// Sets an architecture's parameter for the estimate, or leaves it to its default again.
  void setParameter(const std::string& name, std::optional<std::int64_t> value);

  /// What is open now is what the file at `path` says; empty: no workspace was opened, and what is chosen
  /// already, as of a design that was opened with its values, is in none.
  void begin(const QString& path);
  /// The network that is shown for want of a choice is none of the user's.
  void takeNetwork();
  /// Choices that an ended program left of the workspace at `path`: one step over what the file says.
  void recover(const QString& path, const Workspace& kept);
  /// Writes what is open to a file, which becomes the workspace's. Empty on success.
  Diagnostics save(const QString& path);

  [[nodiscard]] HistoryPlace historyPlace() const override { return {HistoryPlace::Kind::Choices, path_}; }
  void catchUp() override;

 Q_SIGNALS:
  /// The choices, or whether the file holds them.
  void changed();
  /// Another space, or other wishes how it is swept.
  void sweepChanged();

 private:
  class Step;
  struct State {
    QString network, trace;
    QStringList mappings;
    WorkspaceChoices choices;
    std::vector<KeptPin> pins = {};
    friend bool operator==(const State&, const State&) = default;
  };
  [[nodiscard]] State state() const;
  void apply(const WorkspaceChoices& choices);
  /// Takes over what a workspace says of networks and mappings.
  void takeFiles(const Workspace& workspace);
  /// The workspace as it would be in the file at `path`.
  [[nodiscard]] Workspace workspaceAt(const QString& path) const;

  DocumentController& documents_;
  EstimateController& estimates_;
  History& history_;
  Session* session_ = nullptr;  ///< whose pins it keeps
  QString path_;
  WorkspaceSweep sweep_;
  State saved_;                            ///< as in the file, as far as known
  std::optional<WorkspaceChoices> ahead_;  ///< that the history is at and estimates do not know yet
};

}  // namespace taktwerk
