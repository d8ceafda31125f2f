// styles: the paper's Table 2 on one's own picture.
#include "core/session/styles.h"

#include <cstdio>
#include <iostream>

#include "app/cli/common.h"
#include "core/batch/plan.h"
#include "core/image/chart.h"
#include "core/image/refine.h"
#include "core/output/overlay.h"
#include "core/visual_prompt/engineer.h"

namespace maskwright::cli {

namespace {

std::string fixed(double value, int digits, bool sign = false) {
    char text[48];
    std::snprintf(text, sizeof text, sign ? "%+.*f" : "%.*f", digits, value);
    return text;
}

std::string padded(std::string text, std::size_t width, bool left = false) {
    const std::string space(text.size() < width ? width - text.size() : 0, ' ');
    return left ? text + space : space + text;
}

}  // namespace

int runStyles(const StylesArguments& arguments, const std::stop_token& stop) {
    std::string chart;
    if (!arguments.output.empty()) {
        auto file = batch::planFile(arguments.output, arguments.image, arguments.region);
        if (!file) {
            return report(file.error());
        }
        chart = std::move(*file);
    }
    const image_io::ReadOptions options = readOptions(arguments.maxMegapixels);
    auto read = image_io::read(arguments.image, options);
    if (!read) {
        return report(read.error());
    }
    warnAll(read->warnings);
    const auto image = std::make_shared<const Image>(std::move(read->image));
    auto mask = readRegion({arguments.region, arguments.image, arguments.regionLabel, false, read->orientation}, *image,
                           options);
    if (!mask) {
        return report(mask.error());
    }
    const auto region = std::make_shared<const Mask>(std::move(*mask));
    const auto opened = openEngine(arguments.model);
    if (!opened) {
        return report(opened.error());
    }
    const auto needed = session::needClipSeg(**opened);
    if (!needed) {
        return report(needed.error());
    }
    session::ClipSegMethod& clipseg = **needed;
    const auto encoded = clipseg.encode(*image, {arguments.size, false}, stop);
    if (!encoded) {
        return report(encoded.error());
    }
    const auto comparison = session::compareStyles(clipseg, image, region, arguments.phrase, arguments.rivals, stop);
    if (!comparison) {
        return report(comparison.error());
    }
    OrderedJson json = {{"path", arguments.image},
                        {"phrase", arguments.phrase},
                        {"plain", comparison->plain},
                        {"styles", OrderedJson::array()}};
    std::string table = padded("style", 26, true) + padded("name", 8) + padded("gain", 8) + padded("paper", 8) +
                        padded("presence", 10) + padded("IoU", 7) + "\n";
    std::vector<BarRow> rows;
    for (const session::StyleScore& style : comparison->styles) {
        OrderedJson entry = {{"style", style.preset.name}, {"title", style.preset.title}};
        if (!style.skipped.empty()) {
            entry["skipped"] = style.skipped.text();
            table += padded(style.preset.name, 26, true) + "  not with this model: " + style.skipped.text() + "\n";
            json["styles"].push_back(entry);
            continue;
        }
        session::Prompt prompt;
        prompt.regions.push_back({image, region, style.preset.style, 1.0});
        const auto answer = clipseg.predict(*encoded, std::span(&prompt, 1), stop);
        if (!answer) {
            return report(answer.error());
        }
        const float presence = answer->presence.front();
        const Heatmap map = toPictureSize(answer->maps.front(), *image, true);
        const double overlap = iou(threshold(map, static_cast<float>(clipseg.info().defaultThreshold)), *region);
        const auto& paper = style.preset.paperGain;
        entry["probability"] = style.probability;
        entry["gain"] = style.gain;
        entry["paper_gain"] = paper ? OrderedJson(*paper) : OrderedJson();
        entry["presence"] = presence;
        entry["iou_with_region"] = overlap;
        json["styles"].push_back(entry);
        table += padded(style.preset.name, 26, true) + padded(fixed(100 * style.probability, 1) + "%", 8) +
                 padded(fixed(style.gain, 1, true), 8) + padded(paper ? fixed(*paper, 1, true) : "", 8) +
                 padded(fixed(double(presence), 3), 10) + padded(fixed(overlap, 2), 7) + "\n";
        if (!chart.empty()) {
            BarRow row{style.preset.name, style.gain, fixed(style.gain, 1, true), {}};
            if (auto seen = visual_prompt::engineer(*image, *region, style.preset.style)) {
                row.thumbnails.push_back(std::move(*seen));
            }
            row.thumbnails.push_back(output::shade(*image, map, {230, 60, 40}, 0.6f));
            rows.push_back(std::move(row));
        }
    }
    const std::string plain = fixed(100 * comparison->plain, 1) + " %";
    if (!chart.empty()) {
        const std::string title = "Probability of \"" + arguments.phrase +
                                  "\": change in percentage points over the plain picture's " + plain;
        if (const auto written = image_io::writeImage(chart, barsChart(title, rows)); !written) {
            return report(written.error());
        }
    }
    if (arguments.json) {
        std::cout << dump(json) << "\n";
    } else {
        std::cout << "probability of \"" << arguments.phrase << "\" for the plain picture: " << plain << "\n" << table;
    }
    return 0;
}

}  // namespace maskwright::cli
