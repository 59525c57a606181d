// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>

namespace taktwerk {

/// Which files came with the program and are not the user's to be changed by a plain *Save*: all below the
/// data of an installed program; in a checkout, where the data are somebody's sources, those of them that the
/// user has not named by path but came to by the start page, the list of networks, a default or a workspace.
class ShippedFiles {
 public:
  ShippedFiles() = default;  ///< none
  /// `root` holds `archs` and `resources`.
  ShippedFiles(const QString& root, bool installed);

  /// The user opened this file by its path. With an architecture the mappings beside it are the user's, too.
  void nameByUser(const QString& path);
  /// It was opened as an example.
  void forget(const QString& path);
  [[nodiscard]] bool contains(const QString& path) const;

 private:
  QStringList folders_;  ///< canonical, with a slash at the end
  bool installed_ = false;
  QSet<QString> named_;  ///< canonical
};

}  // namespace taktwerk
