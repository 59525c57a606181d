// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/gestures.h"

#include <QCoreApplication>

namespace taktwerk {

namespace {

/// As written down here; see Gesture. Commands are divided by blanks.
struct Line {
  const char* path;
  const char* mouse;
  const char* commands;
  const char* keys;
};

constexpr Line lines[] = {
    {"Canvas › Select a block", "click it", "edit.find", "Return in the filter of the outline"},
    {"Canvas › Select one more", "Shift+click", "edit.selectWhere edit.selectAll", ""},
    {"Canvas › Select what lies in a frame, or touches it", "drag to the right, or to the left",
     "edit.selectWhere", ""},
    {"Canvas › Move blocks", "drag them", "", "arrow keys, with Shift five steps"},
    {"Canvas › Put a unit into a stage", "drag it onto the stage", "insert.connect", ""},
    {"Canvas › Connect blocks", "drag from a port or a handle", "insert.connect", ""},
    {"Canvas › Bend a wire", "drag a piece of it", "view.source", "via in the text"},
    {"Canvas › Add a block", "double click, or drag from the palette", "insert.quickAdd",
     "Return in the palette"},
    {"Canvas › Rename a block", "double click it", "edit.rename", ""},
    {"Canvas › Open and close a group", "double click it", "group.open group.close", ""},
    {"Canvas › Menu of a block or a wire", "right click", "", "Menu, Shift+F10"},
    {"Canvas › Zoom at the mouse", "wheel", "view.zoomIn view.zoomOut", ""},
    {"Canvas › Move what is seen", "drag with the middle or right button, or with Space held",
     "view.fitSelection view.fit", ""},
    {"Canvas › Go elsewhere", "click in the overview", "help.palette", "the name of a block"},
    {"Lists › Menu of a row", "right click", "", "Menu, Shift+F10"},
    {"Graph › Zoom", "wheel", "", "+ and −, F fits"},
    {"Graph › Go from node to node", "click", "", "arrow keys; . and , along the critical path"},
    {"Timeline › Zoom", "wheel", "", "+ and −, F shows all"},
    {"Timeline › Move what is seen", "drag", "", "arrow keys, Home and End"},
    {"Timeline › Measure a range", "Shift+drag", "", "[ and ]"},
    {"Plots › Choose a point", "click it", "", "arrow keys, Home and End"},
    {"Files › Open", "drop them on the window", "file.open", ""},
};

}  // namespace

std::vector<Gesture> gestures() {
  const auto tr = [](const char* text) { return QCoreApplication::translate("Gestures", text); };
  std::vector<Gesture> made;
  for (const Line& line : lines) {
    made.push_back({tr(line.path), tr(line.mouse),
                    QString::fromLatin1(line.commands).split(QLatin1Char(' '), Qt::SkipEmptyParts),
                    *line.keys ? tr(line.keys) : QString()});
  }
  return made;
}

}  // namespace taktwerk
