// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include "core/base/diagnostic.h"
#include "widgets/view/questions.h"

namespace taktwerk {

class Banner;
class MappingPage;
class NetworkPage;
struct Document;
struct Models;

/// The name of a document's file, or what it is called without one.
[[nodiscard]] QString nameOf(const Document& document);

/// Writes what is open to files, asking for a name where there is none or where it came with the program.
/// What could not be written stays, and a strip above the canvas offers another place.
class Saving : public QObject {
  Q_OBJECT
 public:
  Saving(Models& models, Banner& banner, NetworkPage& network, MappingPage& mapping,
         QObject* parent = nullptr);

  /// The architecture; false when nothing was written, as with the others.
  bool architecture(bool elsewhere);
  /// A changed network to its file, or to one that is asked for where that came with the program or is no
  /// network of ours.
  bool network(const QString& path);
  bool networkAs(const QString& path);
  bool mapping(const QString& path, const QString& to);
  /// Asks where to write a mapping; empty when the user changes their mind.
  QString mappingPath(const QString& proposed);
  /// `path`, or where something of that name is better written: not over what came with the program.
  [[nodiscard]] QString placeForOwn(const QString& path) const;
  /// What was said about the open document does not concern another one, or once it is saved.
  void settle();

 private:
  void bindCommands();
  /// Mappings that would not count any more beside the document saved as `to`.
  [[nodiscard]] QStringList mappingsLeftBehind(const QString& to) const;
  [[nodiscard]] QString questionAbout(const QStringList& mappings, const QString& to) const;
  void moveMappings(const QStringList& mappings, Questions::MappingAnswer answer);
  void showFailure(const QString& path, const Diagnostics& failure);

  Models& models_;
  Banner& banner_;
  NetworkPage& network_;
  MappingPage& mapping_;
};

/// Says that a file could not be written.
void showWriteFailure(Banner& banner, const QString& path, const Diagnostics& diagnostics);

}  // namespace taktwerk
