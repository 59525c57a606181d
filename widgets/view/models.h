// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <functional>
#include <memory>
#include <optional>

#include "core/editing/template_library.h"
#include "widgets/actions/command_table.h"
#include "widgets/document/autosave.h"
#include "widgets/document/document_controller.h"
#include "widgets/document/history.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/session/session.h"
#include "widgets/session/shown_selection.h"
#include "widgets/view/problem_list.h"
#include "widgets/view/questions.h"
#include "widgets/workspace/file_opener.h"
#include "widgets/workspace/workspace_document.h"

namespace taktwerk {

/// Where the program's own files are.
struct DataPlaces {
  QString examples;        ///< folder of the architectures that came with the program
  QStringList networks;    ///< that came with it
  QString layoutProgram;   ///< or empty
  QString autosaveFolder;  ///< see Autosave
  ShippedFiles shipped = {};
};

/// Opens files as the user asks for them: unsaved work is asked about first.
struct OpenRequests {
  std::function<void(const QStringList& paths)> files = {};
  std::function<void(const QString& path)> example = {};
  /// Nothing of the design is taken over when the user wants to stay.
  std::function<void(const DesignToOpen& design)> design = {};
};

/// Writes a text to its file, asking for another place where it came with the program; false when nothing was
/// written.
struct SaveRequests {
  std::function<bool(const QString& path)> network = {};
  std::function<bool(const QString& path)> mapping = {};
};

/// The models of one window, in the order in which they stand on each other: what is shared, what is open,
/// what was found out about it. Views are given them and nothing else.
struct Models {
  Models(Theme& givenTheme, const DataPlaces& givenPlaces, const std::vector<CommandSpec>& pages = {},
         const std::vector<CommandSpec>& panels = {});

  Theme& theme;
  DataPlaces places;
  Session session;
  CommandTable commands;
  Questions ask;
  OpenRequests open;
  SaveRequests save;
  JobManager jobs;
  History history;
  DocumentController documents;
  Autosave autosave;
  ShownSelection shown;  ///< what is selected, in the ids of the open document
  EstimateController estimates;
  WorkspaceDocument workspace;
  FileOpener opener;
  ProblemList problems;
  std::shared_ptr<const TemplateLibrary> library;  ///< of what came with the program

  [[nodiscard]] const std::shared_ptr<const Document>& document() const { return documents.document(); }
};

/// Whether the latest change of the document brought another one, or none.
[[nodiscard]] bool isAnother(const DocumentController& documents);

/// "Open an architecture first." while nothing is open, for commands that work on it.
[[nodiscard]] QString whyNothingOpen(const Models& models);

}  // namespace taktwerk
