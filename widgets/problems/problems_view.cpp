// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/editing/approve.h"
#include "widgets/problems/problem_model.h"
#include "widgets/problems/problems_panel.h"
#include "widgets/view/models.h"
#include "widgets/view/source_place.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class ProblemsView : public View {
 public:
  explicit ProblemsView(Models& models)
      : View(new ProblemsPanel(models.theme)),
        models_(models),
        panel_(static_cast<ProblemsPanel*>(widget())) {
    connect(&models_.problems, &ProblemList::changed, this, &ProblemsView::take);
    connect(&models_.documents, &DocumentController::documentChanged, this, [this] {
      const auto& document = models_.document();
      if (models_.documents.lastChange() == DocumentController::Change::Opened && document &&
          !document->place().isEmpty() && !document->diagnostics.empty()) {
        models_.session.attract(QStringLiteral("problems"));
      }
    });
    connect(panel_, &ProblemsPanel::activated, this,
            [this](const Diagnostic& problem) { models_.session.jump([&] { goTo(problem); }); });
    connect(panel_, &ProblemsPanel::approveRequested, this, &ProblemsView::approve);
    connect(panel_, &ProblemsPanel::withdrawRequested, this, &ProblemsView::withdraw);
    bindCommands();
    take();
  }
  [[nodiscard]] QString title() const override {
    const auto open = models_.problems.open().size();
    return open == 0                  ? tr("Problems")
           : models_.problems.isOld() ? tr("Problems (%1, of the run before)").arg(open)
                                      : tr("Problems (%1)").arg(open);
  }
  [[nodiscard]] QString whyEmpty() const override {
    return panel_->model().rowCount() == 0 ? tr("No problems.") : QString();
  }

 private:
  void bindCommands() {
    const auto always = [] { return QString(); };
    models_.commands.bind(QStringLiteral("analyse.nextProblem"), {[this] { panel_->go(1); }, always});
    models_.commands.bind(QStringLiteral("analyse.previousProblem"), {[this] { panel_->go(-1); }, always});
    models_.commands.bind(
        QStringLiteral("analyse.approve"),
        {[this] { panel_->approveCurrent(); },
         [this] {
           return panel_->canApprove() ? QString() : tr("Choose a warning in the list of problems first.");
         }});
    connect(panel_, &ProblemsPanel::currentChanged, this,
            [this] { models_.commands.command(QStringLiteral("analyse.approve")).refresh(); });
  }

  void take() {
    panel_->setProblems(models_.problems.judged(), models_.problems.approvals());
    Q_EMIT titleChanged();
    Q_EMIT emptinessChanged();
  }

  void goTo(const Diagnostic& problem) {
    const auto& document = models_.document();
    if (document && !problem.object.empty() && document->shown->find(problem.object)) {
      models_.session.selection().select(SelectionModel::Names{problem.object});
    }
    const bool own = problem.file.empty() && document;  // an approval of nothing
    models_.session.reveal(
        QStringLiteral("source"),
        QVariant::fromValue(
            SourcePlace{own ? document->name() : QString::fromStdString(problem.file), problem.position}));
  }

  void approve(const Diagnostic& warning) {
    const auto document = models_.document();  // kept while the user is asked
    if (!document || warning.severity != Severity::Warning) return;
    const Diagnostics& own = document->diagnostics;
    if (std::find(own.begin(), own.end(), warning) == own.end()) {
      return models_.session.say(tr("Only warnings of the architecture can be approved."));
    }
    const std::optional<QString> note = models_.ask.note(QString::fromStdString(warning.message));
    if (!note || models_.document() != document) return;
    const Approval approval{warning.code, warning.object, note->trimmed().toStdString()};
    const QString code = QString::fromStdString(warning.code),
                  object = QString::fromStdString(warning.object);
    replace(object.isEmpty() ? tr("Approve %1").arg(code) : tr("Approve %1 of %2").arg(code, object),
            taktwerk::approve(document->bytes, approval));
  }

  void withdraw(std::size_t approval) {
    const auto& document = models_.document();
    if (document) replace(tr("Withdraw an approval"), withdrawApproval(document->bytes, approval));
  }

  void replace(const QString& step, Result<std::string> text) {
    const QString reason = models_.documents.replace(step, std::move(text));
    if (!reason.isEmpty()) models_.session.say(reason);
  }

  Models& models_;
  ProblemsPanel* panel_;
};

}  // namespace

ViewSpec problemsView() {
  ViewSpec spec;
  spec.id = QStringLiteral("problems");
  spec.title = View::tr("Problems");
  spec.help = View::tr("Show what is wrong with the files that are open");
  spec.tabWith = QStringLiteral("layers");
  spec.make = [](Models& models) { return std::make_unique<ProblemsView>(models); };
  return spec;
}

}  // namespace taktwerk
