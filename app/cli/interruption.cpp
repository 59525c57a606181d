// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interruption.h"

#include <chrono>
#include <optional>

#include <pthread.h>
#include <unistd.h>

#include "app/cli/console.h"

namespace taktwerk::cli {

Interruption::Interruption() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  // The terminal was closed; who asks not to be told of that, as nohup does, is not.
  struct sigaction hangup {};
  if (sigaction(SIGHUP, nullptr, &hangup) == 0 && hangup.sa_handler != SIG_IGN) sigaddset(&signals_, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  thread_ = std::thread([this] { wait(); });
}

Interruption::~Interruption() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  pthread_kill(thread_.native_handle(), SIGINT);  // wakes it up
  thread_.join();
}

void Interruption::wait() {
  using Clock = std::chrono::steady_clock;
  // One request can arrive as several signals (to the process and to its group), so those of the first
  // moment count as one; only later ones mean impatience.
  constexpr auto oneMoment = std::chrono::seconds(1);
  std::optional<Clock::time_point> first;
  while (true) {
    int signal = 0;
    if (sigwait(&signals_, &signal) != 0) return;
    const std::lock_guard lock(mutex_);
    if (ending_) return;
    if (first && Clock::now() - *first < oneMoment) continue;
    if (first || watched_ == nullptr) _exit(static_cast<int>(ExitStatus::Cancelled));
    watched_->cancel();
    first = Clock::now();
  }
}

Interruption::Guard::Guard(Interruption& interruption, Progress& progress) : interruption_(interruption) {
  const std::lock_guard lock(interruption_.mutex_);
  interruption_.watched_ = &progress;
}

Interruption::Guard::~Guard() {
  const std::lock_guard lock(interruption_.mutex_);
  interruption_.watched_ = nullptr;
}

}  // namespace taktwerk::cli
