// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <set>

#include "core/folding/folded_view.h"
#include "widgets/session/selection_model.h"

namespace taktwerk {

/// The shared selection in the ids of one drawing: for views that show objects by id. What is selected but
/// not shown, or in another document, has no id here and is left out.
class ShownSelection {
 public:
  using Objects = std::set<ShownId>;
  /// `shown` gives what is shown now, or null; the same drawing is the same pointer.
  using Shown = std::function<std::shared_ptr<const FoldedView>()>;

  ShownSelection(SelectionModel& model, Shown shown) : model_(model), shown_(std::move(shown)) {}

  [[nodiscard]] SelectionModel& model() const { return model_; }
  /// Valid until the selection or what is shown changes.
  [[nodiscard]] const Objects& objects() const;
  [[nodiscard]] const Objects& hovered() const;
  /// One selected connection, or none.
  [[nodiscard]] ShownConnectionId connection() const;

  void select(const Objects& objects, const QObject* origin = nullptr);
  void select(ShownConnectionId connection, const QObject* origin = nullptr);
  void hover(const Objects& objects, const QObject* origin = nullptr);
  void clear() { model_.clear(); }
  /// Forgets what is not shown any more.
  void keepShown();

 private:
  struct Known {
    std::shared_ptr<const FoldedView> shown;
    std::uint64_t revision = 0;
    Objects objects, hovered;
    ShownConnectionId connection;
  };
  [[nodiscard]] const Known& known() const;
  [[nodiscard]] SelectionModel::Names namesOf(const Objects& objects) const;

  SelectionModel& model_;
  Shown shown_;
  mutable Known known_;
};

/// The shown connection of that kind between objects of those names; invalid when there is none.
[[nodiscard]] ShownConnectionId connectionIn(const FoldedView& shown, const NamedConnection& connection);

}  // namespace taktwerk
