// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// A connection by what it joins.
struct NamedConnection {
  ConnectionKind kind = ConnectionKind::Forward;
  std::string from, to;
  friend bool operator==(const NamedConnection&, const NamedConnection&) = default;
};

/// What the user points at, shared by all views: the selected objects or connection, and the objects hovered
/// over. All by name: names outlive an edit and mean the same in every document, ids do not (see
/// `ShownSelection`). Whoever changes it names itself, so that it can leave its own echo alone.
class SelectionModel : public QObject {
  Q_OBJECT
 public:
  using Names = std::set<std::string, std::less<>>;
  using QObject::QObject;

  [[nodiscard]] const Names& names() const { return names_; }
  [[nodiscard]] const std::optional<NamedConnection>& connection() const { return connection_; }
  [[nodiscard]] const Names& hovered() const { return hovered_; }
  [[nodiscard]] bool empty() const { return names_.empty() && !connection_; }
  /// Grows with every change of what is selected or hovered over.
  [[nodiscard]] std::uint64_t revision() const { return revision_; }

  void select(Names names, const QObject* origin = nullptr);
  void select(NamedConnection connection, const QObject* origin = nullptr);
  void clear() { select(Names{}); }
  /// Forgets what is there no more.
  void keep(const std::function<bool(const std::string& name)>& object,
            const std::function<bool(const NamedConnection&)>& connection);
  void hover(Names names, const QObject* origin = nullptr);

 Q_SIGNALS:
  void selectionChanged(const QObject* origin);
  void hoverChanged(const QObject* origin);

 private:
  Names names_;
  Names hovered_;
  std::optional<NamedConnection> connection_;
  std::uint64_t revision_ = 0;
};

}  // namespace taktwerk
