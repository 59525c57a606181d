// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>

#include "core/base/files.h"
#include "widgets/document/file_kind.h"
#include "widgets/problems/source_view.h"
#include "widgets/view/models.h"
#include "widgets/view/source_place.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

/// The text of the architecture, or of another file that something was found in.
class SourcePage : public View {
 public:
  explicit SourcePage(Models& models)
      : View(new SourceView(models.theme)), models_(models), source_(static_cast<SourceView*>(widget())) {
    connect(&models_.documents, &DocumentController::documentChanged, this, &SourcePage::takeDocument);
    connect(&models_.estimates, &EstimateController::inputChanged, this, &SourcePage::takeEdited);
    connect(&models_.problems, &ProblemList::changed, this,
            [this] { source_->setProblems(models_.problems.open()); });
    takeDocument();
  }

  [[nodiscard]] QString title() const override {
    const auto& document = models_.document();
    const QString path =
        document && source_->path() == document->name() ? document->place() : source_->path();
    return path.isEmpty() ? QString() : QFileInfo(path).fileName();
  }

  void reveal(const QVariant& what) override {
    if (!what.canConvert<SourcePlace>()) return;
    const auto place = what.value<SourcePlace>();
    const auto& document = models_.document();
    const bool shown = document && document->name() == place.path && source_->path() == place.path;
    if (shown) return source_->goTo(place.position);
    const auto& texts = models_.estimates.input().texts;
    if (const auto edited = texts.find(place.path); edited != texts.end()) {
      return show(place, QString::fromStdString(*edited->second));
    }
    read(place);
  }

 private:
  void takeDocument() {
    const auto& document = models_.document();
    if (document) source_->setSource(document->name(), document->text);
    Q_EMIT titleChanged();
  }

  /// Another file than the architecture is shown while it is edited elsewhere in the window.
  void takeEdited() {
    const auto& texts = models_.estimates.input().texts;
    const auto edited = texts.find(source_->path());
    const auto& document = models_.document();
    if (edited == texts.end() || (document && document->path == source_->path())) return;
    const QString text = QString::fromStdString(*edited->second);
    if (!source_->isVisible() || source_->toPlainText() != text) source_->setSource(source_->path(), text);
  }

  void show(const SourcePlace& place, const QString& text) {
    source_->setSource(place.path, text);
    source_->setProblems(models_.problems.open());
    source_->goTo(place.position);
    Q_EMIT titleChanged();
  }

  void read(const SourcePlace& place) {
    constexpr JobChannel<QString> sources{"source"};
    models_.jobs.start(
        sources, tr("Reading %1").arg(QFileInfo(place.path).fileName()), this,
        [path = place.path](Progress&) {
          const Result<std::string> text = readFile(toPath(path));
          return text ? QString::fromUtf8(text->data(), static_cast<qsizetype>(text->size()))
                      : QString::fromStdString(text.diagnostics.front().message);
        },
        [this, place](const QString& text) { show(place, text); });
  }

  Models& models_;
  SourceView* source_;
};

}  // namespace

ViewSpec sourceView() {
  ViewSpec spec;
  spec.id = QStringLiteral("source");
  spec.title = View::tr("Text");
  spec.menuText = View::tr("Source &text");
  spec.keys = QStringLiteral("Ctrl+2");
  spec.help = View::tr("Show the text of the file");
  spec.place = ViewPlace::Page;
  spec.make = [](Models& models) { return std::make_unique<SourcePage>(models); };
  return spec;
}

}  // namespace taktwerk
