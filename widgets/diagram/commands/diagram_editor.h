// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QStringList>
#include <functional>
#include <memory>
#include <optional>

#include "core/editing/declared_place.h"
#include "core/editing/write_out.h"
#include "widgets/diagram/scene/canvas_input.h"
#include "widgets/diagram/tools/arrange.h"
#include "widgets/diagram/tools/placeable.h"
#include "widgets/diagram/tools/question.h"
#include "widgets/diagram/tools/tool.h"
#include "widgets/session/shown_selection.h"

class QLineEdit;
class QMenu;
class QMimeData;

namespace taktwerk {

class CommandTable;
class ConnectBox;
class DiagramView;
class QuickAdd;
class Theme;

/// Editing on the canvas: hands the mouse to the tool in use, and makes what the commands of the menu do with
/// the selection. Everything is an edit of the document; nothing is kept here but the gesture under way.
class DiagramEditor : public CanvasInput {
  Q_OBJECT
 public:
  DiagramEditor(DiagramScene& scene, DiagramView& view, DocumentController& documents,
                SelectionModel& selection, CommandTable& commands, const Theme& theme,
                QObject* parent = nullptr);
  ~DiagramEditor() override;

  // From the view.
  void press(const QMouseEvent* event) override;
  void move(const QMouseEvent* event) override;
  void release(const QMouseEvent* event) override;
  void doubleClick(const QMouseEvent* event) override;
  bool key(const QKeyEvent* event) override;
  void leave() override;
  bool dragEnter(QDragEnterEvent* event) override;
  bool dragMove(QDragMoveEvent* event) override;
  void dragLeave() override;
  bool drop(QDropEvent* event) override;
  void paint(QPainter& painter, double scale) const override;
  void contextMenu(QPoint at) override;

  // Commands.
  void select();  ///< the selection tool; ends what is under way
  void wire();
  void startPlacing(const Placeable& what);
  void quickAdd();
  /// Into the selected stage, or at a free place near the middle of the view.
  void addFreely(const Placeable& what);
  /// Lists what the selected block can be connected to; the choice is a step.
  void connectTo();
  /// Why there is nothing to connect, or nothing.
  [[nodiscard]] QString whyNotConnect() const;
  void remove();
  void duplicate();
  void copy();
  void cut();
  void paste();
  void rename();
  void nudge(double x, double y);
  /// What is not selected, instead of what is.
  void invertSelection();
  /// Every block of a class that something is selected of; instances by their template.
  void selectSameClass();
  /// Asks which blocks are meant, "SRAM with ports < 2", and selects them.
  void selectWhere();
  /// Asks for the place of what is selected.
  void askPosition();
  void align(Alignment alignment);
  void distribute(bool horizontally);
  /// Lays all blocks out anew, or the selected ones, round those that are pinned; their places are stored.
  void tidy();
  /// Pins the selected blocks to where they stand, or lets them go when all are pinned.
  void pin();
  [[nodiscard]] bool isPinned() const;  ///< all that is selected
  /// The lines of the selected wire, of the wires of selected blocks, or of all are found again.
  void removeBends();
  /// A colour as "#rrggbb", or none, for what is selected.
  void setColour(const QString& colour);
  /// Another class for the selected block: attributes the class does not have go, wires stay.
  void replaceBy(ObjectClass objectClass);
  /// The selected blocks with the connections among them become a template, and one instance in their place.
  void makeTemplate();
  /// The selected instance of a template becomes an array.
  void makeArray();
  /// Opens the selected groups, so that what is in them shows.
  void openGroups();
  /// Closes the selected groups, or those that the selected blocks are in.
  void closeGroups();
  /// One level deeper or less deep, everywhere.
  void openDeeper();
  void closeDeepest();
  /// Asks for names or sizes; nothing when the user changes their mind. A dialog, unless replaced.
  std::function<std::optional<QStringList>(const Question& question)> askTexts;
  /// Arrays as their elements, and instances as the blocks of their template.
  void openArray();
  void ungroup();
  /// The selected blocks become part of the template of the selected instance; a block inside leaves it.
  void moveIntoTemplate();
  void moveOutOfTemplate();
  /// The template of the selected instance as the library has it now.
  void updateTemplate();
  /// The array tool.
  void array();
  /// Why nothing can be changed now, or nothing.
  [[nodiscard]] QString whyNotEdit() const;
  /// Why one of these commands ("arrange.ungroup") cannot be used on what is selected, or nothing.
  [[nodiscard]] QString whyNot(const QString& command) const;
  /// Templates that can be placed besides those of the file.
  void setLibrary(std::shared_ptr<const TemplateLibrary> library) { library_ = std::move(library); }

  [[nodiscard]] QString hint() const;
  [[nodiscard]] QuickAdd& quickAddBox() { return *quickAdd_; }
  [[nodiscard]] ConnectBox& connectBox() { return *connectBox_; }

 Q_SIGNALS:
  void hintChanged();
  void pinnedChanged();
  void said(const QString& sentence);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  [[nodiscard]] ToolEvent toolEvent(const QMouseEvent* event) const;
  void use(std::unique_ptr<Tool> tool);
  /// Lets the tool in use handle an event. That may change the document or open a dialog, and so replace the
  /// tool: tools stay until the outermost event has returned.
  void handle(const std::function<void(Tool& tool)>& event);
  void settle();
  /// What was begun of a document that is another now: gestures, names, menus, searches.
  void leaveDocument();
  /// Shows a menu and lets it go once the document is another.
  void popUp(QMenu& menu, QPoint at);
  /// What is dragged over the canvas is being placed, by the tool for that; false when it cannot be.
  bool carry(const QMimeData* dragged);
  void choose(const std::vector<AddConnection>& connections);
  void finishRename(bool accept);
  /// Selected blocks that stand on the canvas by themselves, and their rectangles.
  [[nodiscard]] std::vector<std::uint32_t> standing() const;
  void moveTo(const std::vector<std::uint32_t>& blocks, const std::vector<Point>& corners,
              const QString& verb, const QString& mergeKey = {}, bool dropBends = false);
  void insert(const QString& text, const QString& verb, bool atMouse);
  /// What is selected as text; says why there is none.
  [[nodiscard]] QString fragment(const QString& verb);
  bool removeSelected(const QString& verb);
  /// Where a block is written that is a part of an instance, but no element of an array; nothing for others.
  [[nodiscard]] std::optional<Origin> partOf(ShownId id) const;
  void renamePart(const Origin& part, const std::string& to);
  /// The entry of the file's objects that a block is, or is a part or an element of.
  [[nodiscard]] std::string entryOf(ShownId id) const;
  /// Opens or closes; says so instead where too much would be shown.
  bool expand(Expansion expansion, const std::vector<std::string>& select);
  [[nodiscard]] std::optional<QStringList> ask(const Question& question);
  void askArray(const std::string& entry);
  /// Whether another document is open than the one a question was about; says so.
  bool isPast(const std::shared_ptr<const Document>& document);
  /// Entries of a file with templates or arrays that something is selected of.
  [[nodiscard]] std::vector<const DeclaredObject*> chosenEntries() const;
  /// The instance and its block that everything selected is part of; empty when there is none.
  [[nodiscard]] std::pair<std::string, std::string> chosenPart() const;
  /// Makes a step of a text in which blocks are called otherwise; they stay where they are drawn.
  bool take(const QString& name, const Result<EditedText>& result);
  /// What the box at the cursor found: where the mouse was, or by keys alone at a free place or in the
  /// selected stage.
  void addChosen(const Placeable& what);
  /// The menu of what is selected, at a place of the view.
  void openMenu(QPoint at);
  /// Of the view: below the name of the first selected block that is in sight, else the middle.
  [[nodiscard]] QPoint selectedPlace() const;
  void chooseRule(const std::vector<WiringRule>& rules);
  [[nodiscard]] QPointF middle() const;

  DiagramScene& scene_;
  DiagramView& view_;
  DocumentController& documents_;
  ShownSelection selection_;
  CommandTable& commands_;  ///< for the menu below the mouse
  const Theme& theme_;
  std::shared_ptr<const TemplateLibrary> library_;
  /// Whether a template can be updated is asked with every selection; comparing takes milliseconds.
  struct UpdateReason {
    std::shared_ptr<const Document> document;
    std::string templateName;
    QString reason;
  };
  mutable UpdateReason updateReason_;
  Canvas canvas_;
  std::unique_ptr<Tool> tool_;
  std::unique_ptr<Tool> next_;
  std::vector<std::unique_ptr<Tool>> retired_;  ///< replaced while an event is handled, perhaps by them
  int handling_ = 0;                            ///< events, one in the other
  QuickAdd* quickAdd_;
  ConnectBox* connectBox_;
  QPointer<QMenu> menu_;
  QPointer<QLineEdit> nameBox_;
  std::string renamed_;
  QString lastQuery_;  ///< which blocks were selected the last time
  QPointF mouse_;
  bool mouseIn_ = false;
  QPointF addAt_;
};

}  // namespace taktwerk
