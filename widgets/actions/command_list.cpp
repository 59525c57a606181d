// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>

#include "widgets/actions/command.h"

namespace taktwerk {

namespace {

/// As written down here; see CommandSpec.
struct Line {
  const char* id;
  const char* menu;
  const char* text;
  const char* keys;
  const char* icon;
  const char* help;
  bool toolbar = false;
  bool separatorBefore = false;
};

constexpr Line lines[] = {
    {"file.new", "&File", "&New", "Ctrl+N", "new", "Begin an empty architecture", true},
    {"file.open", "&File", "&Open…", "Ctrl+O", "open", "Open an architecture, network, mapping or workspace",
     true},
    {"file.recent", "&File", "Open &recent", "", "", "Files opened before"},
    {"file.reload", "&File", "&Reload", "Ctrl+R", "reload", "Read the open file again"},
    {"file.save", "&File", "&Save", "Ctrl+S", "save", "Write the architecture to its file", true, true},
    {"file.saveAs", "&File", "Save &as…", "Ctrl+Shift+S", "", "Write the architecture to another file"},
    {"file.saveWorkspace", "&File", "Save &workspace…", "", "",
     "Save which architecture, network, mappings and parameters belong together"},
    {"file.saveNetwork", "&File", "Save &network as…", "", "",
     "Write the network as it is on its page, also an imported one, to a file"},
    {"file.openNetwork", "&File", "Open net&work…", "", "",
     "Choose a network, an ONNX model or a SCALE-Sim topology"},
    {"file.saveMapping", "&File", "Save &mapping as…", "", "",
     "Write the mapping as it is on its page to a file"},
    {"file.export", "&File", "&Export diagram…", "", "", "Write the block diagram as SVG, PDF or PNG"},
    {"file.print", "&File", "&Print…", "Ctrl+P", "", "Print the block diagram"},
    {"file.close", "&File", "&Close", "Ctrl+W", "", "Close the architecture and show the start page", false,
     true},
    {"file.quit", "&File", "&Quit", "Ctrl+Q", "", "Leave Taktwerk"},
    {"edit.undo", "&Edit", "&Undo", "Ctrl+Z", "undo", "Take back the latest step", true, true},
    {"edit.redo", "&Edit", "&Redo", "Ctrl+Shift+Z Ctrl+Y", "redo", "Make the step again", true},
    {"edit.cut", "&Edit", "Cu&t", "Ctrl+X", "", "Copy what is selected and delete it", false, true},
    {"edit.copy", "&Edit", "&Copy", "Ctrl+C", "",
     "Copy what is selected as text that can be pasted here, into another window or into a file"},
    {"edit.paste", "&Edit", "&Paste", "Ctrl+V", "", "Add the blocks of the clipboard at the cursor"},
    {"edit.duplicate", "&Edit", "D&uplicate", "Ctrl+D", "", "Add what is selected once more"},
    {"edit.rename", "&Edit", "Rena&me", "F2", "", "Give the selected block another name"},
    {"edit.delete", "&Edit", "&Delete", "Del", "", "Delete the selected blocks or the connection"},
    {"edit.selectAll", "&Edit", "Select &all", "Ctrl+A", "", "Select every block", false, true},
    {"edit.invertSelection", "&Edit", "In&vert selection", "Ctrl+I", "",
     "Select what is not selected, instead of what is"},
    {"edit.selectClass", "&Edit", "Select same c&lass", "", "",
     "Select every block of the classes that something is selected of"},
    {"edit.selectWhere", "&Edit", "Select &where…", "Ctrl+Shift+A", "",
     "Select blocks by class, name and attributes: SRAM with ports < 2"},
    {"edit.find", "&Edit", "&Find block…", "Ctrl+F", "search", "Find a block by its name in the outline"},
    {"edit.findNext", "&Edit", "Find ne&xt", "F3", "",
     "Go to the next block that the outline's filter finds"},
    {"edit.findPrevious", "&Edit", "Find previous", "Shift+F3", "",
     "Go to the block before that the outline's filter finds"},
    {"insert.quickAdd", "&Insert", "&Add block…", "A", "add",
     "Search a class or template and add it at the cursor", true, true},
    {"tool.select", "&Insert", "&Select and move", "S", "select",
     "Select, move, connect at ports and handles", true},
    {"tool.wire", "&Insert", "&Connect", "W", "wire", "Draw connections from block to block", true},
    {"insert.connect", "&Insert", "Connect &to…", "Shift+W", "",
     "List what the selected block can be connected to, and choose by typing"},
    {"tool.array", "&Insert", "&Array", "Shift+A", "",
     "Drag a block or an instance out into rows and columns, or click it to type them"},
    {"arrange.tidy", "&Arrange", "&Tidy", "Ctrl+L", "",
     "Lay out the selected blocks anew, or all when none are selected"},
    {"arrange.pin", "&Arrange", "&Pin position", "Shift+P", "",
     "Tidying up leaves the selected blocks where they are"},
    {"arrange.left", "&Arrange", "Align &left", "Ctrl+Shift+Left", "", "Left sides on one line", false, true},
    {"arrange.right", "&Arrange", "Align &right", "Ctrl+Shift+Right", "", "Right sides on one line"},
    {"arrange.top", "&Arrange", "Align t&op", "Ctrl+Shift+Up", "", "Top sides on one line"},
    {"arrange.bottom", "&Arrange", "Align &bottom", "Ctrl+Shift+Down", "", "Bottom sides on one line"},
    {"arrange.centreX", "&Arrange", "Centre one &above the other", "", "", "Middles on one upright line"},
    {"arrange.centreY", "&Arrange", "Centre &side by side", "", "", "Middles on one level line"},
    {"arrange.position", "&Arrange", "P&osition…", "", "", "Type where the selected blocks stand"},
    {"arrange.distributeX", "&Arrange", "Distribute &horizontally", "", "", "Equal gaps from left to right",
     false, true},
    {"arrange.distributeY", "&Arrange", "Distribute &vertically", "", "", "Equal gaps from top to bottom"},
    {"arrange.removeBends", "&Arrange", "Remove &bends of wires", "", "",
     "Find the lines of the selected wires anew, or of all when nothing is selected", false, true},
    {"arrange.template", "&Arrange", "&Make template from selection…", "", "",
     "Turn the selected blocks and the connections among them into a template, with one instance in their "
     "place",
     false, true},
    {"arrange.array", "&Arrange", "Ma&ke array…", "", "",
     "Repeat the selected block or instance in rows and columns, or change how often it is there"},
    {"arrange.openArray", "&Arrange", "&Write out array", "", "",
     "Turn the selected array into its single elements, each wired as it is now"},
    {"arrange.ungroup", "&Arrange", "&Ungroup instance", "Ctrl+Shift+G", "",
     "Turn the selected instance into the blocks of its template"},
    {"arrange.intoTemplate", "&Arrange", "Move &into template", "", "",
     "Make the selected blocks part of the template of the selected instance, with their wires"},
    {"arrange.outOfTemplate", "&Arrange", "Move &out of template", "", "",
     "Take the selected block out of its template, with its wires"},
    {"arrange.updateTemplate", "&Arrange", "Update from li&brary", "", "",
     "Bring the template of the selected instance to what the library has now"},
    {"view.fit", "&View", "&Fit to window", "F Ctrl+0", "fit", "Show the whole diagram", true, true},
    {"view.fitSelection", "&View", "Fit &selection", "Shift+F", "",
     "Show what is selected as large as it fits"},
    {"view.zoomIn", "&View", "Zoom &in", "+ Ctrl++", "zoom-in", "Larger", true},
    {"view.zoomOut", "&View", "Zoom &out", "- Ctrl+-", "zoom-out", "Smaller", true},
    {"view.zoom100", "&View", "&100 %", "1", "", "One pixel a unit of the diagram"},
    {"view.heat", "&View", "Show &utilisation", "Shift+U", "",
     "Colour each block by how much of the time it was busy, in the layer that is looked at or in all"},
    {"view.forwardWires", "&View", "Wires of the instructions’ path", "", "",
     "Show where instructions are forwarded", false, true},
    {"view.readWires", "&View", "Wires of reads", "", "", "Show what reads what"},
    {"view.writeWires", "&View", "Wires of writes", "", "", "Show what writes what"},
    {"view.dimOthers", "&View", "Dim other wires", "", "",
     "While something is selected, draw wires faintly that do not touch it"},
    {"view.back", "&View", "&Back", "Alt+Left", "", "Go back to what was shown before", false, true},
    {"view.forward", "&View", "F&orward", "Alt+Right", "", "Go on to what was shown after"},
    {"group.open", "&View", "&Open group", "Return Enter", "",
     "Show what is in the selected array or instance", false, true},
    {"group.close", "&View", "&Close group", "Backspace", "", "Show the group as one block again"},
    {"group.deeper", "&View", "Open one level &more", "*", "", "Open the groups that are closed, everywhere"},
    {"group.shallower", "&View", "Close one level", "/", "", "Close the innermost groups, everywhere"},
    {"view.theme", "&View", "&Dark theme", "Ctrl+Shift+D", "theme", "Switch between light and dark", false,
     true},
    {"view.fullScreen", "&View", "F&ull screen", "F11", "", "Use the whole screen"},
    {"view.restore", "&View", "&Restore default layout", "", "", "Put every panel back to its place"},
    {"analyse.run", "&Analyse", "&Run", "F5", "run",
     "Estimate the cycles of the network on this architecture"},
    {"analyse.stop", "&Analyse", "&Stop", "Shift+F5", "stop", "Stop the running estimate"},
    {"analyse.pin", "&Analyse", "P&in result", "Ctrl+Shift+P", "",
     "Put the present result aside, to be compared with", false, true},
    {"analyse.baseline", "&Analyse", "Set as &baseline", "Ctrl+B", "",
     "Show differences against the present result in all views"},
    {"analyse.clearBaseline", "&Analyse", "&Clear baseline", "Ctrl+Shift+B", "",
     "Show differences against the run before again"},
    {"analyse.nextProblem", "&Analyse", "&Next problem", "F8", "", "Go to the next problem", false, true},
    {"analyse.previousProblem", "&Analyse", "&Previous problem", "Shift+F8", "", "Go to the problem before"},
    {"analyse.approve", "&Analyse", "A&pprove warning…", "", "",
     "Mark the warning chosen in the list of problems as right, with a note"},
    {"calibrate.table", "&Analyse", "Choose measured &layers…", "", "",
     "Choose a table of measured layers to hold the architecture against", false, true},
    {"calibrate.run", "&Analyse", "Compare with &measured layers", "Shift+F9", "",
     "Estimate every measured layer, and fit what is to be fitted to half of them"},
    {"calibrate.stop", "&Analyse", "S&top comparing", "", "", "Stop comparing with measured layers"},
    {"calibrate.write", "&Analyse", "&Write into the architecture", "", "",
     "Write fitted values that the measured layers determine into the architecture, with their source"},
    {"calibrate.copy", "&Analyse", "Cop&y measured rows", "", "",
     "Copy the chosen measured layers and their estimates as text, or all when none are chosen"},
    {"calibrate.export", "&Analyse", "&Export comparison…", "", "",
     "Write the comparison with measured layers as text or JSON"},
    {"sweep.run", "S&weep", "&Run or resume", "F6", "run",
     "Estimate the points of the design space; what is known of them is not estimated again"},
    {"sweep.pause", "S&weep", "&Pause or continue", "Ctrl+Shift+F6", "",
     "Finish the points under way and begin no others, or go on"},
    {"sweep.stop", "S&weep", "&Stop", "Shift+F6", "stop", "Stop the sweep; what was found stays"},
    {"sweep.openSpace", "S&weep", "Open s&pace…", "", "", "Read a design space from a file", false, true},
    {"sweep.saveSpace", "S&weep", "Save sp&ace as…", "", "", "Write the design space to a file"},
    {"sweep.openResults", "S&weep", "Open res&ults…", "", "",
     "Show the results that a file of an earlier sweep holds"},
    {"sweep.filter", "S&weep", "&Filter results", "Ctrl+Shift+F", "search",
     "Write a condition that results must meet to be shown", false, true},
    {"sweep.openPoint", "S&weep", "&Open point", "", "",
     "Set the values of the chosen point for the estimate, and show the design"},
    {"sweep.savePoint", "S&weep", "Save point as arc&hitecture…", "", "",
     "Write an architecture with the values of the chosen point as its defaults"},
    {"sweep.baseline", "S&weep", "Set as &baseline", "", "",
     "Compare the other marked designs with the chosen point; again: with none"},
    {"sweep.pin", "S&weep", "P&in or unpin point", "", "",
     "Mark the chosen point in every plot, and set it beside others"},
    {"sweep.exportPlot", "S&weep", "Export p&lot…", "", "",
     "Write the plot that is looked at as SVG, PNG or PDF"},
    {"sweep.copy", "S&weep", "&Copy rows", "", "", "Copy the chosen results as text"},
    {"sweep.exportShown", "S&weep", "&Export shown…", "", "",
     "Write the results that are shown, in their order, as CSV or JSON"},
    {"sweep.exportAll", "S&weep", "Export a&ll…", "", "", "Write all results as CSV or JSON"},
    {"help.palette", "&Help", "&Command palette", "Ctrl+K F1", "search", "Find and run any command"},
    {"help.keys", "&Help", "&Keyboard shortcuts", "?", "",
     "All commands with their keys, which can be changed"},
    {"help.about", "&Help", "&About Taktwerk", "", "", "Version and licence", false, true},
};

}  // namespace

const std::vector<CommandSpec>& commandSpecs() {
  static const std::vector<CommandSpec> specs = [] {
    std::vector<CommandSpec> made;
    const auto tr = [](const char* text) { return QCoreApplication::translate("CommandTable", text); };
    for (const Line& line : lines) {
      made.push_back({QString::fromLatin1(line.id), tr(line.menu), tr(line.text),
                      QString::fromLatin1(line.keys), QString::fromLatin1(line.icon), tr(line.help),
                      line.toolbar, line.separatorBefore});
    }
    return made;
  }();
  return specs;
}

bool isOfCanvas(const QString& command) {
  if (command == QLatin1String("edit.undo") || command == QLatin1String("edit.redo") ||
      command.startsWith(QLatin1String("edit.find"))) {
    return false;
  }
  for (const char* group : {"edit.", "insert.", "tool.", "group.", "arrange."}) {
    if (command.startsWith(QLatin1String(group))) return true;
  }
  return false;
}

}  // namespace taktwerk
