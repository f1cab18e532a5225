#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "analysis/flow/drawing.h"
#include "analysis/flow/drawing_style.h"
#include "analysis/flow/layout.h"

namespace weir::analysis {
namespace {

constexpr double kMargin = 20.0;
constexpr double kTitleSize = 16.0;
constexpr double kNameSize = 13.0;
constexpr double kNoteSize = 11.0;
constexpr double kLine = 1.25;  // line height over font size
constexpr double kArrow = 8.0;
constexpr std::size_t kMostOfName = 34;
constexpr std::size_t kMostOfNote = 44;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20U || c == '\n') out += c;
    }
  }
  return out;
}

/// A coordinate, to a tenth of a pixel; never "-0".
std::string at(double x) {
  const double tenths = std::round(x * 10.0);
  return fmt::format("{}", tenths == 0.0 ? 0.0 : tenths / 10.0);
}

std::vector<std::string> shortened_lines(std::string_view text, std::size_t most) {
  std::vector<std::string> lines = lines_of(text);
  for (std::string& line : lines) line = shortened(line, most);
  return lines;
}

double widest(const std::vector<std::string>& lines, double font_size) {
  double width = 0.0;
  for (const std::string& line : lines) width = std::max(width, width_of(line, font_size));
  return width;
}

double height_of(const std::vector<std::string>& lines, double font_size) {
  return static_cast<double>(lines.size()) * font_size * kLine;
}

Size size_of(const Node& node) {
  const auto note = shortened_lines(node.note, kMostOfNote);
  const double text = std::max(1.1 * width_of(shortened(node.name, kMostOfName), kNameSize),
                               widest(note, kNoteSize));
  const double height = kNameSize * kLine + height_of(note, kNoteSize);
  switch (node.shape) {
    case Shape::ellipse:
      return {1.25 * text + 22.0, 1.2 * height + 16.0};
    case Shape::diamond:
      return {1.5 * text + 24.0, 1.8 * height + 16.0};
    case Shape::hexagon:
      return {text + 40.0, height + 14.0};
    case Shape::cylinder:
      return {text + 22.0, height + 26.0};
    case Shape::box:
    case Shape::rounded:
      break;
  }
  return {text + 22.0, height + 14.0};
}

Size size_of(const Arc& arc) {
  if (arc.label.empty()) return {};
  const auto lines = shortened_lines(arc.label, kMostOfNote);
  return {widest(lines, kNoteSize) + 6.0, height_of(lines, kNoteSize)};
}

/// How far inside its box a shape begins at height `y`.
double indent(Shape shape, const Box& box, double y) {
  const double off = std::min(1.0, std::abs(y - box.middle()) / (box.height / 2.0));
  switch (shape) {
    case Shape::ellipse:
      return box.width / 2.0 * (1.0 - std::sqrt(1.0 - off * off));
    case Shape::diamond:
      return box.width / 2.0 * off;
    case Shape::hexagon:
      return 12.0 * off;
    case Shape::box:
    case Shape::rounded:
    case Shape::cylinder:
      break;
  }
  return 0.0;
}

std::string polygon(const std::vector<std::pair<double, double>>& corners) {
  std::string points;
  for (const auto& [x, y] : corners) points += (points.empty() ? "" : " ") + at(x) + "," + at(y);
  return "<polygon points=\"" + points + "\"";
}

std::string shape_text(Shape shape, const Box& b) {
  const double x = b.x + b.width / 2.0;
  const double y = b.middle();
  switch (shape) {
    case Shape::ellipse:
      return fmt::format("<ellipse cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\"", at(x), at(y),
                         at(b.width / 2.0), at(b.height / 2.0));
    case Shape::diamond:
      return polygon({{b.x, y}, {x, b.y}, {b.right(), y}, {x, b.bottom()}});
    case Shape::hexagon:
      return polygon({{b.x, y},
                      {b.x + 12.0, b.y},
                      {b.right() - 12.0, b.y},
                      {b.right(), y},
                      {b.right() - 12.0, b.bottom()},
                      {b.x + 12.0, b.bottom()}});
    case Shape::cylinder:
      return fmt::format(
          "<path d=\"M{0} {1}v{2}a{3} 6 0 0 0 {4} 0v-{2}a{3} 6 0 0 0 -{4} 0a{3} 6 0 0 0 {4} 0\"",
          at(b.x), at(b.y + 6.0), at(b.height - 12.0), at(b.width / 2.0), at(b.width));
    case Shape::box:
    case Shape::rounded:
      break;
  }
  return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"", at(b.x),
                     at(b.y), at(b.width), at(b.height), shape == Shape::rounded ? 10 : 2);
}

struct TextStyle {
  double size = kNoteSize;
  std::string_view fill = kSmallText;
  std::string_view more{};  // further attributes
};

std::string text_at(double x, double baseline, const TextStyle& style, std::string_view text) {
  return fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{}>{}</text>", at(x),
                     at(baseline), style.size, style.fill, style.more, escaped(text));
}

constexpr std::string_view kCentred = " text-anchor=\"middle\"";
constexpr std::string_view kCentredBold = " text-anchor=\"middle\" font-weight=\"600\"";

class Picture {
 public:
  Picture(const Network& network, const DrawingWords& words)
      : network_(network), words_(words), kinds_(kinds_of(network)) {
    std::vector<Size> nodes;
    std::vector<Size> labels;
    for (const Node& node : network.nodes) nodes.push_back(size_of(node));
    for (const Arc& arc : network.arcs) labels.push_back(size_of(arc));
    layout_ = lay_out(network, nodes, labels);
    top_ = kMargin + (network.title.empty() ? 0.0 : kTitleSize * 2.0);
    const double title = 1.1 * width_of(network.title, kTitleSize);
    width_ = 2.0 * kMargin + std::max({layout_.size.width, title, 320.0});
    left_ = (width_ - layout_.size.width) / 2.0;
  }

  std::string draw() {
    for (std::size_t i = 0; i < network_.arcs.size(); ++i) draw_arc(i);
    for (std::size_t i = 0; i < network_.nodes.size(); ++i) draw_node(i);
    const double below = top_ + layout_.size.height + 28.0;
    const double height = draw_legend(below) + kMargin;
    return head(height) + body_ + "</svg>\n";
  }

 private:
  std::string head(double height) const {
    const std::string title = network_.title.empty() ? "Network" : network_.title;
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
        "viewBox=\"0 0 {0} {1}\" role=\"img\" "
        "font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\">\n"
        "<title>{2}</title>\n<desc>{3}</desc>\n"
        "<rect width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n",
        at(width_), at(height), escaped(title), escaped(description()));
    if (!network_.title.empty())
      out += text_at(kMargin, kMargin + kTitleSize, {kTitleSize, kText, " font-weight=\"600\""},
                     network_.title) +
             "\n";
    return out;
  }

  std::string description() const {
    if (!network_.description.empty()) return network_.description;
    return fmt::format("A network of {} nodes and {} arcs, from left to right.",
                       network_.nodes.size(), network_.arcs.size());
  }

  Box moved(Box box) const {
    box.x += left_;
    box.y += top_;
    return box;
  }

  void draw_node(std::size_t index) {
    const Node& node = network_.nodes[index];
    const Box box = moved(layout_.nodes[index]);
    const Colours colours = colours_of(node, kind_of(kinds_, node.kind));
    const bool faint = node.tone == Tone::faint;
    std::string tooltip = node.name + " (" + node.kind + ")";
    if (node.limit.limits()) tooltip += ": " + limit_text(node.limit);
    if (!node.note.empty()) tooltip += "\n" + node.note;
    body_ += "<g><title>" + escaped(tooltip) + "</title>" + shape_text(node.shape, box) +
             fmt::format(" fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\"/>", colours.fill,
                         colours.line, node.tone == Tone::alert ? 2.2 : 1.3);

    const auto note = shortened_lines(node.note, kMostOfNote);
    const double x = box.x + box.width / 2.0;
    const double height = kNameSize * kLine + height_of(note, kNoteSize);
    double y = box.middle() - height / 2.0 + kNameSize;
    if (node.shape == Shape::cylinder) y += 5.0;
    body_ += text_at(x, y, {kNameSize, faint ? kFaintText : kText, kCentredBold},
                     shortened(node.name, kMostOfName));
    for (const std::string& line : note) {
      y += kNoteSize * kLine + 1.0;
      body_ += text_at(x, y, {kNoteSize, faint ? kFaintText : kSmallText, kCentred}, line);
    }
    body_ += "</g>\n";
  }

  void draw_arc(std::size_t index) {
    const Arc& arc = network_.arcs[index];
    const auto& flats = layout_.arcs[index];
    std::string tooltip = network_.nodes[arc.from].name + " → " + network_.nodes[arc.to].name;
    if (arc.limit.limits()) tooltip += ": " + limit_text(arc.limit);
    body_ += "<g><title>" + escaped(tooltip) + "</title>";
    flats.empty() ? draw_loop(arc) : draw_way(arc, flats);
    draw_label(arc, layout_.labels[index]);
    body_ += "</g>\n";
  }

  std::string pen(const Arc& arc) const {
    std::string_view dashes;
    if (arc.stroke == Stroke::dashed) dashes = " stroke-dasharray=\"6 4\"";
    if (arc.stroke == Stroke::dotted) dashes = " stroke-dasharray=\"1.5 3.5\"";
    return fmt::format(" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{}/>", line_of(arc),
                       arc.tone == Tone::alert ? 2.2 : 1.3, dashes);
  }

  void draw_way(const Arc& arc, const std::vector<Flat>& flats) {
    const double ahead = flats.front().from_x <= flats.back().to_x ? 1.0 : -1.0;
    const auto boundary = [&](std::size_t node, double y) {
      return ahead * indent(network_.nodes[node].shape, layout_.nodes[node], y);
    };
    const double start = left_ + flats.front().from_x - boundary(arc.from, flats.front().y);
    const double tip = left_ + flats.back().to_x + boundary(arc.to, flats.back().y);
    std::string path = "M" + at(start) + " " + at(top_ + flats.front().y);
    for (std::size_t i = 0; i < flats.size(); ++i) {
      const bool last = i + 1 == flats.size();
      const double end = last ? tip - ahead * (kArrow - 1.0) : left_ + flats[i].to_x;
      const double y = top_ + flats[i].y;
      if (i > 0) {
        const double from = left_ + flats[i - 1].to_x;
        const double to = left_ + flats[i].from_x - (last ? ahead * kArrow : 0.0);
        const double middle = (from + to) / 2.0;
        path += fmt::format("C{} {} {} {} {} {}", at(middle), at(top_ + flats[i - 1].y), at(middle),
                            at(y), at(to), at(y));
      }
      path += "H" + at(end);
    }
    body_ += "<path d=\"" + path + "\"" + pen(arc);
    draw_head(tip, top_ + flats.back().y, ahead, 0.0, line_of(arc));
  }

  /// An arrow head with its tip at (x, y), pointing along (dx, dy).
  void draw_head(double x, double y, double dx, double dy, std::string_view colour) {
    const double half = 3.6;
    const double bx = x - kArrow * dx;
    const double by = y - kArrow * dy;
    body_ += polygon({{x, y}, {bx - half * dy, by + half * dx}, {bx + half * dy, by - half * dx}}) +
             fmt::format(" fill=\"{}\"/>", colour);
  }

  void draw_loop(const Arc& arc) {
    const Box box = moved(layout_.nodes[arc.from]);
    const double x = box.x + box.width / 2.0;
    body_ +=
        fmt::format("<path d=\"M{0} {1}C{2} {3} {4} {3} {4} {5}\"", at(x - 12.0), at(box.y),
                    at(x - 12.0), at(box.y - kLoopHeight), at(x + 12.0), at(box.y - kArrow + 1.0)) +
        pen(arc);
    draw_head(x + 12.0, box.y, 0.0, 1.0, line_of(arc));
  }

  void draw_label(const Arc& arc, const Box& place) {
    const Box box = moved(place);
    double y = box.y - 3.0;
    for (const std::string& line : shortened_lines(arc.label, kMostOfNote)) {
      y += kNoteSize * kLine;
      const std::string_view fill = arc.tone == Tone::alert   ? kAlertLine
                                    : arc.tone == Tone::faint ? kFaintText
                                                              : kSmallText;
      body_ += text_at(box.x + box.width / 2.0, y, {kNoteSize, fill, kCentred}, line);
    }
  }

  /// Entries from left to right, in as many rows as they need; returns the lower edge.
  double draw_legend(double top) {
    double x = kMargin;
    double y = top;
    const auto entry = [&](const std::string& word, const auto& sample) {
      const double width = 30.0 + 8.0 + width_of(word, kNoteSize) + 18.0;
      if (x > kMargin && x + width > width_ - kMargin) {
        x = kMargin;
        y += 24.0;
      }
      body_ += "<g>";
      sample(Box{x, y, 30.0, 16.0});
      body_ += text_at(x + 38.0, y + 12.0, {}, word) + "</g>\n";
      x += width;
    };
    for (const Kind& kind : kinds_)
      entry(kind.word, [&](const Box& box) { draw_sample(kind, box); });
    for (const auto& [word, arc] : strokes_in_use())
      entry(word, [&, &sample = arc](const Box& box) {
        body_ += fmt::format("<path d=\"M{} {}h30\"", at(box.x), at(box.middle())) + pen(sample);
      });
    return y + 20.0;
  }

  void draw_sample(const Kind& kind, Box box) {
    // The caps of a cylinder need their height.
    if (kind.shape == Shape::cylinder) box = {box.x + 4.0, box.y - 3.0, 22.0, 22.0};
    body_ += shape_text(kind.shape, box) +
             fmt::format(" fill=\"{}\" stroke=\"{}\" stroke-width=\"1.3\"/>", kind.colours.fill,
                         kind.colours.line);
  }

  std::vector<std::pair<std::string, Arc>> strokes_in_use() const {
    std::vector<std::pair<std::string, Arc>> used;
    const auto add = [&](const std::string& word, const Arc& sample, const auto& fits) {
      const bool there = std::any_of(network_.arcs.begin(), network_.arcs.end(), fits);
      if (!word.empty() && there) used.emplace_back(word, sample);
    };
    add(words_.dashed, Arc{.stroke = Stroke::dashed},
        [](const Arc& arc) { return arc.stroke == Stroke::dashed; });
    add(words_.dotted, Arc{.stroke = Stroke::dotted},
        [](const Arc& arc) { return arc.stroke == Stroke::dotted; });
    add(words_.alert, Arc{.tone = Tone::alert},
        [&](const Arc& arc) { return arc.tone == Tone::alert || has_node(Tone::alert); });
    add(words_.faint, Arc{.tone = Tone::faint},
        [&](const Arc& arc) { return arc.tone == Tone::faint || has_node(Tone::faint); });
    return used;
  }

  bool has_node(Tone tone) const {
    return std::any_of(network_.nodes.begin(), network_.nodes.end(),
                       [tone](const Node& node) { return node.tone == tone; });
  }

  const Network& network_;
  const DrawingWords& words_;
  std::vector<Kind> kinds_;
  Layout layout_;
  double top_ = 0.0;
  double left_ = 0.0;
  double width_ = 0.0;
  std::string body_;
};

}  // namespace

std::string to_svg(const Network& network, const DrawingWords& words) {
  return Picture(network, words).draw();
}

}  // namespace weir::analysis
