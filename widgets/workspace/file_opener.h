// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/base/diagnostic.h"
#include "core/estimate/layer_choice.h"
#include "core/study/workspace.h"
#include "widgets/document/shipped_files.h"
#include "widgets/workspace/design_files.h"

namespace taktwerk {

class DocumentController;
class EstimateController;
class JobManager;
struct ReadPins;

/// Opens files of any kind together: the architecture becomes the document, a network or a trace is chosen,
/// mappings replace those beside the architecture, a workspace does all of it. A trace is one of the
/// architecture that it is opened with, or that is open, and goes with that. Of several architectures the
/// last wins. What came with the program opens as a copy that is not saved yet.
class FileOpener : public QObject {
  Q_OBJECT
 public:
  FileOpener(JobManager& jobs, DocumentController& documents, EstimateController& estimates,
             QObject* parent = nullptr);

  void open(const QStringList& paths);
  /// An example that came with the program, as a copy that is not saved yet, or a workspace that did.
  void openExample(const QString& path);
  /// A design as a whole: its architecture becomes the document, and with it come its network, mappings and
  /// values. The design space that is open stays. Nothing changes when the architecture cannot be opened.
  void openDesign(const DesignToOpen& design);
  /// Which files came with the program; none until told.
  [[nodiscard]] ShippedFiles& shipped() { return shipped_; }
  [[nodiscard]] const ShippedFiles& shipped() const { return shipped_; }

 Q_SIGNALS:
  /// Files of no known kind, or a workspace that is wrong.
  void failed(const QString& path, const taktwerk::Diagnostics& diagnostics);
  /// A trace was chosen while no architecture is open for it.
  void architectureMissing(const QString& trace);
  /// Another document, or none, is there with all that belongs to it; the workspace it came with, or empty.
  void opened(const QString& workspace);
  /// The sweep of a workspace, empty without one, right before `opened`; not with a design.
  void sweepRead(const taktwerk::WorkspaceSweep& sweep);
  /// A design is there with all that belongs to it, after `opened`.
  void designOpened(const taktwerk::DesignToOpen& design);
  /// The results that a workspace names, before what else it names is opened.
  void pinsRead(const taktwerk::ReadPins& pins);

 private:
  void openWorkspace(const QString& path);
  void takeWorkspace(const QString& path, const Result<Workspace>& workspace, const ReadPins& pins);
  /// What comes next belongs to this architecture, and nothing of what was awaited before.
  void await(const QString& architecture);
  void openArchitecture(const QString& path);
  void chooseTrace(const QString& trace, bool withArchitecture);
  void takeDocument();

  JobManager& jobs_;
  DocumentController& documents_;
  EstimateController& estimates_;
  ShippedFiles shipped_;
  QString awaited_;  ///< the architecture that what follows belongs to
  QString workspace_;
  QStringList mappings_;
  QString trace_;    ///< that comes with the awaited architecture
  QString waiting_;  ///< a trace that was opened before any architecture
  std::map<std::string, std::int64_t> parameters_;
  std::map<std::string, LayerChoice> choices_;
  WorkspaceSweep sweep_;                ///< as the workspace has it, with absolute paths
  std::optional<DesignToOpen> design_;  ///< that the awaited architecture is of
};

}  // namespace taktwerk
