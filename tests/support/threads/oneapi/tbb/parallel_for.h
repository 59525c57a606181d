// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The little of oneTBB that the core uses, with threads of the standard library: for builds under the thread
// sanitizer, which sees how those wait for each other. The oneTBB of the system is not built for it, and what
// it does looks like races. Names are oneTBB's.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace oneapi::tbb {

namespace detail {

/// As many at least, so that bodies meet on small machines, too.
constexpr std::size_t fewestThreads = 4;

/// Threads of the arena the caller is in; 0: as many as there are.
inline thread_local std::size_t arenaThreads = 0;

/// Calls `body` with every number below `count`, from several threads at once. Throws what one of them threw.
template <class Body>
void share(std::size_t count, const Body& body) {
  const std::size_t most = arenaThreads > 0
                               ? arenaThreads
                               : std::max<std::size_t>(fewestThreads, std::thread::hardware_concurrency());
  std::atomic<std::size_t> next{0};
  std::exception_ptr thrown;
  std::mutex throwing;
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        body(i);
      } catch (...) {
        const std::lock_guard lock(throwing);
        thrown = std::current_exception();
        next = count;
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t t = 1; t < std::min(most, count); ++t) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace detail

template <class Index>
class blocked_range {
 public:
  blocked_range(Index first, Index last, std::size_t grain = 1) : first_(first), last_(last), grain_(grain) {}
  [[nodiscard]] Index begin() const { return first_; }
  [[nodiscard]] Index end() const { return last_; }
  [[nodiscard]] std::size_t grainsize() const { return grain_; }

 private:
  Index first_, last_;
  std::size_t grain_;
};

struct simple_partitioner {};

template <class Index, class Body>
void parallel_for(Index first, Index last, const Body& body) {
  const auto count = last > first ? static_cast<std::size_t>(last - first) : 0;
  detail::share(count, [&](std::size_t i) { body(first + static_cast<Index>(i)); });
}

template <class Index, class Body>
void parallel_for(const blocked_range<Index>& range, const Body& body, const simple_partitioner&) {
  parallel_for(range.begin(), range.end(), [&](Index i) { body(blocked_range<Index>(i, i + 1)); });
}

}  // namespace oneapi::tbb
