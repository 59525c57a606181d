// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace taktwerk {

class Banner;
class Saving;
struct Models;

/// Writes the block diagram as a picture, and prints it.
class Exporting : public QObject {
  Q_OBJECT
 public:
  Exporting(Models& models, Banner& banner, const Saving& saving, QObject* parent = nullptr);

 private:
  void writePicture();
  void print();

  Models& models_;
  Banner& banner_;
  const Saving& saving_;
};

}  // namespace taktwerk
