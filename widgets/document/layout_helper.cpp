// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/layout_helper.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <algorithm>
#include <cmath>

namespace taktwerk {

namespace {

constexpr std::size_t mostBoxes = 200;  // dot takes seconds beyond, which nobody would wait for
constexpr std::size_t mostEdges = 2000;
constexpr qint64 mostAnswerBytes = 4 << 20;
constexpr double tallest = 2;  // height by width; dot does not split columns, our own layout does

bool tooTall(const LayoutGraph& graph, const std::vector<Point>& corners) {
  double right = 1;
  double bottom = 0;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    right = std::max(right, corners[i].x + graph.boxes[i].width);
    bottom = std::max(bottom, corners[i].y + graph.boxes[i].height);
  }
  return bottom > 1500 && bottom > tallest * right;
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

std::optional<std::vector<Point>> layoutAnswer(const QByteArray& answer, const LayoutGraph& graph) {
  const QList<QByteArray> lines = answer.split('\n');
  if (lines.size() < 3 || lines.front() != "taktwerk-layout/1") return std::nullopt;
  std::vector<Point> corners;
  bool ended = false;
  for (const QByteArray& line : lines) {
    if (line == "end") ended = true;
    if (!line.startsWith("node ")) continue;
    const QList<QByteArray> fields = line.split(' ');
    bool right = fields.size() == 3;
    bool down = right;
    const Point corner{right ? fields[1].toDouble(&right) : 0, down ? fields[2].toDouble(&down) : 0};
    if (!right || !down || !std::isfinite(corner.x) || !std::isfinite(corner.y)) return std::nullopt;
    corners.push_back(corner);
  }
  if (!ended || corners.size() != graph.boxes.size()) return std::nullopt;
  return corners;
}

LayoutFunction layoutByHelper(const QString& program, const Progress& progress, int milliseconds) {
  if (program.isEmpty() || !QFileInfo(program).isExecutable()) return {};
  return [program, &progress, milliseconds](const LayoutGraph& graph) -> std::optional<std::vector<Point>> {
    if (graph.boxes.empty() || graph.boxes.size() > mostBoxes || graph.edges.size() > mostEdges) {
      return std::nullopt;
    }
    QProcess process;
    QElapsedTimer clock;
    clock.start();
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(program, QStringList());
    if (!process.waitForStarted(milliseconds)) return std::nullopt;
    process.write(layoutRequest(graph));
    process.closeWriteChannel();
    QByteArray answer;
    while (process.state() != QProcess::NotRunning) {
      process.waitForFinished(20);
      answer += process.readAllStandardOutput();
      if (progress.cancelled() || clock.elapsed() > milliseconds || answer.size() > mostAnswerBytes) {
        process.kill();
        process.waitForFinished(1000);
        return std::nullopt;
      }
    }
    answer += process.readAllStandardOutput();
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) return std::nullopt;
    auto corners = layoutAnswer(answer, graph);
    if (corners && tooTall(graph, *corners)) corners.reset();
    return corners;
  };
}

}  // namespace taktwerk
