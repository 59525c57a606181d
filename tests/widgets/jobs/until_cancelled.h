// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>
#include <utility>

#include "core/base/progress.h"

namespace taktwerk::test {

/// Work that gives this value as soon as it is cancelled.
template <class Value>
auto untilCancelled(Value value) {
  return [value = std::move(value)](Progress& progress) {
    while (!progress.cancelled()) QThread::msleep(1);
    return value;
  };
}

}  // namespace taktwerk::test
