// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <type_traits>

#include "core/base/progress.h"

namespace taktwerk {

/// A kind of job, and what such a job gives. Each receiver has its own of it: a job that it starts there
/// takes the place of its earlier one, and of nobody else's.
///
///     constexpr JobChannel<LayerStudy> studies{"study"};
template <class Value>
struct JobChannel {
  static_assert(std::is_same_v<Value, std::decay_t<Value>>, "a job gives a value");
  const char* name;            ///< as the signals of the manager tell it
  const char* unit = nullptr;  ///< what its progress counts, for those who read it: "points"; null: nothing
};

/// What runs on the job's thread for a channel of `Value`: it gives that, and nothing that would become it.
template <class Work, class Value>
concept JobWork =
    std::invocable<Work&, Progress&> && std::same_as<std::invoke_result_t<Work&, Progress&>, Value>;

/// What takes the value on the GUI thread.
template <class Deliver, class Value>
concept JobDelivery = std::invocable<Deliver&, Value>;

}  // namespace taktwerk
