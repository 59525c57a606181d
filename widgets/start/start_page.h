// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>
#include <vector>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace taktwerk {

class JobManager;
class Theme;

/// An example as shown on its card. The pictures are drawn from the file itself.
struct ExampleCard {
  QString path;
  QString name;
  QString description;
  QImage light, dark;
};

/// Reads and draws the architectures `ROOT/NAME/NAME.arch.yaml`; unreadable ones are left out. For job
/// threads.
[[nodiscard]] std::vector<ExampleCard> readExamples(const QString& root, QSize pictureSize,
                                                    double pixelRatio);

/// A workspace that came with the program, with a design space to be swept.
struct ShippedStudy {
  QString path;
  QString name, description;  ///< of the space
};

/// The workspaces `FOLDER/*.taktwerk` that hold a space, by their names; unreadable ones are left out. For
/// job threads.
[[nodiscard]] std::vector<ShippedStudy> readStudies(const QString& folder);

/// What is shown while nothing is open: examples and studies to open, recent files, where to drop files.
class StartPage : public QWidget {
  Q_OBJECT
 public:
  StartPage(const Theme& theme, JobManager& jobs, QWidget* parent = nullptr);

  /// Starts drawing the cards in a job.
  void setExamplesRoot(const QString& root);
  /// Starts reading which studies there are in a job.
  void setStudiesFolder(const QString& folder);
  void setRecentFiles(const QStringList& paths);
  [[nodiscard]] int cardCount() const { return static_cast<int>(cards_.size()); }

 Q_SIGNALS:
  void openRequested(const QString& examplePath);
  void studyRequested(const QString& workspacePath);
  void recentRequested(const QString& path);
  void browseRequested();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  class Card;
  void setExamples(std::vector<ExampleCard> examples);
  void setStudies(const std::vector<ShippedStudy>& studies);
  void arrange();

  const Theme& theme_;
  JobManager& jobs_;
  std::vector<Card*> cards_;
  QGridLayout* grid_;
  QVBoxLayout *studies_, *recent_;
  QLabel* studiesHeading_;
};

}  // namespace taktwerk
