// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <functional>
#include <memory>

#include "widgets/view/view.h"

namespace taktwerk {

struct Models;

/// Where a view stands at first. Pages are tabs in the middle; the start page is there while nothing is open.
enum class ViewPlace { Start, Page, Left, Right, Bottom };

/// What must be there for a view to show anything; while it is not, its place says so.
enum class ViewNeeds { Nothing, Architecture, Network, Estimate };

/// What is known of a view before it is made: enough for its tab or dock, its command `view.ID` with menu
/// entry and key, its place in the history and in the settings, and for pictures of it (`--page ID`).
struct ViewSpec {
  QString id;        ///< "layers"
  QString title;     ///< of tab or dock: "Layers"
  QString menuText;  ///< with its mnemonic: "&Layers"; of a panel the title, when empty
  QString keys;      ///< as in CommandSpec
  QString icon;      ///< a file of resources/icons, or ""
  QString help;      ///< one sentence
  ViewPlace place = ViewPlace::Bottom;
  ViewNeeds needs = ViewNeeds::Nothing;
  QStringList beside = {};  ///< pages beside which a panel stands at first; none: all of them
  bool alone = false;       ///< of a page: panels of all pages do not stand beside it at first
  QString tabWith = {};     ///< the panel it shares its place with at first, by tabs
  int width = 0;            ///< at first: in pixels at a side, in percent of the window at the bottom
  int height = 0;           ///< at first, in pixels
  std::function<std::unique_ptr<View>(Models& models)> make = {};

  [[nodiscard]] bool isPanel() const { return place != ViewPlace::Start && place != ViewPlace::Page; }
};

/// A spec whose view is a widget and nothing else.
template <class Widget, class... Arguments>
[[nodiscard]] std::unique_ptr<View> plainView(Arguments&&... arguments) {
  return std::make_unique<View>(new Widget(std::forward<Arguments>(arguments)...));
}

}  // namespace taktwerk
