// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/layout_helper.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <algorithm>
#include <cmath>
#include <utility>

namespace taktwerk {

namespace {

constexpr std::size_t mostBoxes = 200;  // dot takes seconds beyond, which nobody would wait for
constexpr std::size_t mostEdges = 2000;
constexpr qint64 mostAnswerBytes = 16 << 20, mostErrorBytes = 400;
constexpr double farthest = 1e7;  // pixels; no picture is as large
constexpr double tallest = 2;     // height by width; dot does not split columns, our own layout does

bool tooTall(const LayoutGraph& graph, const std::vector<Point>& corners) {
  double right = 1;
  double bottom = 0;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    right = std::max(right, corners[i].x + graph.boxes[i].width);
    bottom = std::max(bottom, corners[i].y + graph.boxes[i].height);
  }
  return bottom > 1500 && bottom > tallest * right;
}

/// The numbers behind the first word of a line, in pairs.
std::optional<std::vector<Point>> pointsIn(const QByteArray& line) {
  const QList<QByteArray> fields = line.split(' ');
  if (fields.size() % 2 != 1) return std::nullopt;
  std::vector<Point> points;
  points.reserve(static_cast<std::size_t>(fields.size() / 2));
  for (qsizetype i = 1; i < fields.size(); i += 2) {
    bool right = false, down = false;
    const Point point{fields[i].toDouble(&right), fields[i + 1].toDouble(&down)};
    // Written so that what is no number is refused too.
    const bool near = std::abs(point.x) <= farthest && std::abs(point.y) <= farthest;
    if (!right || !down || !near) return std::nullopt;
    points.push_back(point);
  }
  return points;
}

}  // namespace

QByteArray layoutRequest(const LayoutGraph& graph) {
  QByteArray text = "taktwerk-layout/1\n";
  for (const Size& box : graph.boxes) {
    text +=
        "node " + QByteArray::number(box.width, 'f', 2) + " " + QByteArray::number(box.height, 'f', 2) + "\n";
  }
  for (const auto& edge : graph.edges) {
    text += "edge " + QByteArray::number(edge.from) + " " + QByteArray::number(edge.to) + "\n";
  }
  return text + "end\n";
}

std::optional<LaidOut> layoutAnswer(const QByteArray& answer, const LayoutGraph& graph) {
  const QList<QByteArray> lines = answer.split('\n');
  const bool isAnswer = lines.size() >= 3 && lines[0] == "taktwerk-layout/1" && lines[1].startsWith("size ");
  if (!isAnswer) return std::nullopt;
  LaidOut laidOut;
  bool ended = false;
  for (const QByteArray& line : lines) {
    if (line == "end") ended = true;
    const bool isNode = line.startsWith("node "), isEdge = line == "edge" || line.startsWith("edge ");
    if (!isNode && !isEdge) continue;
    const auto points = pointsIn(line);
    if (!points || (isNode && points->size() != 1)) return std::nullopt;
    if (isNode) laidOut.corners.push_back(points->front());
    const bool isCurve = isEdge && (points->empty() || (points->size() > 1 && points->size() % 3 == 1));
    if (isEdge && !isCurve) return std::nullopt;
    if (isEdge) laidOut.curves.push_back(*points);
  }
  const bool whole =
      laidOut.corners.size() == graph.boxes.size() && laidOut.curves.size() == graph.edges.size();
  if (!ended || !whole) return std::nullopt;
  return laidOut;
}

LayoutRun runLayout(const QString& program, const LayoutGraph& graph, const Progress& progress,
                    int milliseconds) {
  using Outcome = LayoutRun::Outcome;
  if (program.isEmpty() || !QFileInfo(program).isExecutable()) return {Outcome::Missing, {}, {}};
  QProcess process;
  QElapsedTimer clock;
  clock.start();
  process.start(program, QStringList());
  if (!process.waitForStarted(milliseconds)) return {Outcome::Missing, {}, process.errorString()};
  process.write(layoutRequest(graph));
  process.closeWriteChannel();
  QByteArray answer, errors;
  const auto read = [&] {
    answer += process.readAllStandardOutput();
    const QByteArray more = process.readAllStandardError();
    if (errors.size() < mostErrorBytes) errors += more.left(mostErrorBytes - errors.size());
  };
  while (process.state() != QProcess::NotRunning) {
    process.waitForFinished(20);
    read();
    const bool endless = answer.size() > mostAnswerBytes;
    if (progress.cancelled() || clock.elapsed() > milliseconds || endless) {
      process.kill();
      process.waitForFinished(1000);
      return {progress.cancelled() ? Outcome::Cancelled
              : endless            ? Outcome::Nonsense
                                   : Outcome::TooLong,
              {},
              {}};
    }
  }
  read();
  if (process.exitStatus() != QProcess::NormalExit) return {Outcome::Crashed, {}, {}};
  if (process.exitCode() != 0) return {Outcome::Refused, {}, QString::fromUtf8(errors).trimmed()};
  auto laidOut = layoutAnswer(answer, graph);
  if (!laidOut) return {Outcome::Nonsense, {}, {}};
  return {Outcome::Done, std::move(*laidOut), {}};
}

LayoutFunction layoutByHelper(const QString& program, const Progress& progress, int milliseconds) {
  if (program.isEmpty() || !QFileInfo(program).isExecutable()) return {};
  return [program, &progress, milliseconds](const LayoutGraph& graph) -> std::optional<std::vector<Point>> {
    if (graph.boxes.empty() || graph.boxes.size() > mostBoxes || graph.edges.size() > mostEdges) {
      return std::nullopt;
    }
    LayoutRun run = runLayout(program, graph, progress, milliseconds);
    if (run.outcome != LayoutRun::Outcome::Done || tooTall(graph, run.laidOut.corners)) return std::nullopt;
    return std::move(run.laidOut.corners);
  };
}

}  // namespace taktwerk
