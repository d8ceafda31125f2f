// styles: the paper's Table 2 on one's own picture.
#include "core/session/styles.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <map>
#include <vector>

#include "app/cli/common.h"
#include "core/batch/plan.h"
#include "core/image/chart.h"
#include "core/image/refine.h"
#include "core/output/overlay.h"
#include "core/visual_prompt/engineer.h"

namespace maskwright::cli {

namespace {

constexpr std::size_t kMostShown = 60;  // bytes of a phrase in a line for people

std::string fixed(double value, int digits, bool sign = false) {
    char text[48];
    std::snprintf(text, sizeof text, sign ? "%+.*f" : "%.*f", digits, value);
    return text;
}

// A gain, with its sign; what rounds to nothing is no loss.
std::string signedText(double value) {
    std::string text = fixed(value, 1, true);
    return text == "-0.0" ? "+0.0" : text;
}

// What is said of one picture's styles, for people: columns as wide as what is in them, and below them what the model
// cannot be asked, each reason once.
class Table {
  public:
    using Row = std::array<std::string, 6>;
    void add(Row row) { rows_.push_back(std::move(row)); }
    void skip(const std::string& style, const std::string& reason) { skipped_[reason].push_back(style); }

    [[nodiscard]] std::string text() const {
        std::array<std::size_t, 6> widths{};
        for (const Row& row : rows_) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                widths[i] = std::max(widths[i], row[i].size());
            }
        }
        std::string all;
        for (const Row& row : rows_) {
            all += row[0] + std::string(widths[0] - row[0].size(), ' ');
            for (std::size_t i = 1; i < row.size(); ++i) {
                all += "  " + std::string(widths[i] - row[i].size(), ' ') + row[i];
            }
            all += "\n";
        }
        for (const auto& [reason, styles] : skipped_) {
            all += "not with this model (" + reason + "):\n";
            for (const std::string& style : styles) {
                all += "  " + style + "\n";
            }
        }
        return all;
    }

  private:
    std::vector<Row> rows_ = {{"style", "name", "gain", "paper", "presence", "IoU"}};
    std::map<std::string, std::vector<std::string>> skipped_;  // by reason
};

// The marked object on its picture.
struct Marked {
    std::shared_ptr<const Image> image;
    std::shared_ptr<const Mask> region;
};

Result<Marked> readMarked(const StylesArguments& arguments) {
    const image_io::ReadOptions options = readOptions(arguments.maxMegapixels);
    auto read = image_io::read(arguments.image, options);
    if (!read) {
        return read.error();
    }
    warnAll(read->warnings);
    Marked marked{std::make_shared<const Image>(std::move(read->image)), nullptr};
    auto mask = readRegion({arguments.region, arguments.image, arguments.regionLabel, false, read->orientation},
                           *marked.image, options);
    if (!mask) {
        return mask.error();
    }
    marked.region = std::make_shared<const Mask>(std::move(*mask));
    return marked;
}

// What is told of the comparison.
struct Told {
    OrderedJson styles = OrderedJson::array();
    Table table;
    std::vector<BarRow> bars;  // where there is a chart
};

// Of a style that the model can be asked with: what is found with it.
Result<void> tell(const session::StyleScore& style, const Marked& marked, session::ClipSegMethod& clipseg,
                  const session::Encoded& encoded, bool chart, const std::stop_token& stop, Told& told) {
    session::Prompt prompt;
    prompt.regions.push_back({marked.image, marked.region, style.preset.style, 1.0});
    const auto answer = clipseg.predict(encoded, std::span(&prompt, 1), stop);
    if (!answer) {
        return answer.error();
    }
    const float presence = answer->presence.front();
    const Heatmap map = toPictureSize(answer->maps.front(), *marked.image, true);
    const double overlap = iou(threshold(map, static_cast<float>(clipseg.info().defaultThreshold)), *marked.region);
    const auto& paper = style.preset.paperGain;
    told.styles.push_back({{"style", style.preset.name},
                           {"title", style.preset.title},
                           {"probability", style.probability},
                           {"gain", style.gain},
                           {"paper_gain", paper ? OrderedJson(*paper) : OrderedJson()},
                           {"presence", presence},
                           {"iou_with_region", overlap}});
    told.table.add({style.preset.name, fixed(100 * style.probability, 1) + "%", signedText(style.gain),
                    paper ? signedText(*paper) : "", fixed(double(presence), 3), fixed(overlap, 2)});
    if (chart) {
        BarRow row{style.preset.name, style.gain, signedText(style.gain), {}};
        if (auto seen = visual_prompt::engineer(*marked.image, *marked.region, style.preset.style)) {
            row.thumbnails.push_back(std::move(*seen));
        }
        row.thumbnails.push_back(output::shade(*marked.image, map, {230, 60, 40}, 0.6f));
        told.bars.push_back(std::move(row));
    }
    return {};
}

}  // namespace

int runStyles(const StylesArguments& arguments, const std::stop_token& stop) {
    std::string chart;
    if (!arguments.output.empty()) {
        auto file = batch::planFile(arguments.output, arguments.image, {arguments.region});
        if (!file) {
            return report(file.error());
        }
        chart = std::move(*file);
    }
    const auto marked = readMarked(arguments);
    if (!marked) {
        return report(marked.error());
    }
    const auto opened = openEngine(arguments.model);
    if (!opened) {
        return report(opened.error());
    }
    const auto clipseg = session::needClipSeg(**opened);
    if (!clipseg) {
        return report(clipseg.error());
    }
    const auto encoded = (*clipseg)->encode(*marked->image, {arguments.size, false}, stop);
    if (!encoded) {
        return report(encoded.error());
    }
    const auto comparison =
        session::compareStyles(**clipseg, marked->image, marked->region, arguments.phrase, arguments.rivals, stop);
    if (!comparison) {
        return report(comparison.error());
    }
    Told told;
    for (const session::StyleScore& style : comparison->styles) {
        if (!style.skipped.empty()) {
            const std::string why = style.skipped.text();
            told.styles.push_back({{"style", style.preset.name}, {"title", style.preset.title}, {"skipped", why}});
            told.table.skip(style.preset.name, why);
        } else if (const auto done = tell(style, *marked, **clipseg, *encoded, !chart.empty(), stop, told); !done) {
            return report(done.error());
        }
    }
    const std::string plain = fixed(100 * comparison->plain, 1) + " %";
    if (!chart.empty()) {
        const std::string title = "Probability of " + quoted(arguments.phrase, kMostShown) +
                                  ": change in percentage points over the plain picture's " + plain;
        if (const auto written = image_io::writeImage(chart, barsChart(title, told.bars)); !written) {
            return report(written.error());
        }
    }
    if (arguments.json) {
        std::cout << dump({{"path", arguments.image},
                           {"phrase", arguments.phrase},
                           {"plain", comparison->plain},
                           {"styles", told.styles}})
                  << "\n";
    } else {
        std::cout << "probability of " << quoted(arguments.phrase, kMostShown) << " for the plain picture: " << plain
                  << "\n"
                  << told.table.text();
    }
    return 0;
}

}  // namespace maskwright::cli
