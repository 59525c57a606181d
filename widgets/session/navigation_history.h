// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace taktwerk {

/// The part of a large picture that is in view.
struct ViewPosition {
  double x = 0;  ///< middle of the view, in the coordinates of the picture
  double y = 0;
  double zoom = 1;
};

/// What was shown: a page of the window, the objects selected, and the part of the page in view.
struct ShownPlace {
  std::string page;
  std::vector<std::string> objects;  ///< by name, which outlives an edit
  ViewPosition at = {};

  /// Whether there is nothing to gain from going from one to the other: all the same but for some scrolling.
  [[nodiscard]] bool isNear(const ShownPlace& other) const;
};

/// Places in the order they were shown, and where in it the user is: back, forward, and on from there. Knows
/// nothing of windows.
class NavigationHistory {
 public:
  static constexpr std::size_t most = 100;

  /// `here` is shown, after a jump. What was gone back from is forgotten. The same place again only brings
  /// what is known of it up to date.
  void visit(ShownPlace here);
  /// The user scrolled or zoomed at the present place.
  void update(const ShownPlace& here);
  [[nodiscard]] bool canGoBack() const { return now_ > 0 && now_ < places_.size(); }
  [[nodiscard]] bool canGoForward() const { return now_ + 1 < places_.size(); }
  /// The place before or behind, which is the present one from then on; `here` is what is shown until now.
  std::optional<ShownPlace> back(const ShownPlace& here);
  std::optional<ShownPlace> forward(const ShownPlace& here);
  void clear();

 private:
  std::vector<ShownPlace> places_;
  std::size_t now_ = 0;
};

}  // namespace taktwerk
