// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>

namespace taktwerk {

class Banner;
class MappingPage;
class NetworkPage;
class Saving;
class TextDocuments;
struct Models;

/// Says when another program took a file away or changed it while it is open here, so that nothing is lost:
/// what is here may be the only copy.
class LostFiles : public QObject {
  Q_OBJECT
 public:
  LostFiles(Models& models, Banner& banner, Saving& saving, NetworkPage& network, MappingPage& mapping,
            QObject* parent = nullptr);

  /// What was said about the open architecture does not concern another one.
  void settle();

 private:
  using SaveText = std::function<bool(const QString& path)>;
  void bindTexts(TextDocuments& texts, const SaveText& save, const SaveText& saveElsewhere);
  /// Says that a file is gone; what is offered settles it once it could be done.
  void offerLost(const QString& topic, const QString& path, const std::function<bool()>& write,
                 const std::function<bool()>& writeElsewhere);
  void offerReading(const QString& topic, const QString& path, const std::function<void()>& read);

  Models& models_;
  Banner& banner_;
  Saving& saving_;
};

}  // namespace taktwerk
