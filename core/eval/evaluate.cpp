#include "core/eval/evaluate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/data/coco.h"
#include "core/eval/questions.h"
#include "core/image/chart.h"
#include "core/image/refine.h"

namespace maskwright::eval {
namespace {

constexpr std::size_t kChunk = 20;  // phrases decoded at a time

bool isPresent(const data::DataSet& set, const data::Photo& photo, std::size_t category) {
    return std::any_of(photo.annotations.begin(), photo.annotations.end(),
                       [&](std::size_t a) { return set.covers(category, set.annotations[a].category); });
}

// What is measured besides the fixed thresholds.
std::vector<double> besides(const EvaluateOptions& options, double defaultThreshold) {
    std::vector<double> values;
    for (std::size_t i = 0; i <= options.thresholds.size(); ++i) {
        const double value = i == 0 ? defaultThreshold : options.thresholds[i - 1];
        const bool fixed = std::abs(thresholdAt(nearestThreshold(value)) - value) < 1e-9;
        if (!fixed && std::find(values.begin(), values.end(), value) == values.end()) {
            values.push_back(value);
        }
    }
    return values;
}

using Clock = std::chrono::steady_clock;
double millisecondsSince(Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

}  // namespace

Result<Report> evaluate(const EvaluateOptions& options, const ProgressSink& progress, std::stop_token stop) {
    const auto began = Clock::now();
    for (const double value : options.thresholds) {
        if (!(value >= 0 && value <= 1)) {
            return Error{ErrorKind::usage, "a threshold is outside 0 to 1", "give probabilities"};
        }
    }
    auto set = data::readCoco(options.data, options.split);
    if (!set) {
        return set.error();
    }
    auto opened = session::Engine::open(options.engine);
    if (!opened) {
        return opened.error();
    }
    const auto needed = session::needClipSeg(**opened);
    if (!needed) {
        return needed.error();
    }
    session::ClipSegMethod& clipseg = **needed;
    const auto wanted = questions(clipseg, options, *set, stop);
    if (!wanted) {
        return wanted.error();
    }
    Report report;
    report.model = clipseg.info().name;
    report.folder = clipseg.info().folder;
    report.data = options.data;
    report.split = options.split;
    if (!options.supportSplit.empty()) {
        report.examples = options.supportSplit;
        report.style = options.style;
        report.mix = options.mix;
    }
    report.size = options.size > 0 ? options.size : clipseg.capabilities().inputSize;
    report.defaultThreshold = clipseg.info().defaultThreshold;
    report.thresholds = options.thresholds;
    const std::vector<double> more = besides(options, report.defaultThreshold);
    const std::size_t total =
        options.pictures > 0 ? std::min<std::size_t>(set->photos.size(), static_cast<std::size_t>(options.pictures))
                             : set->photos.size();
    std::vector<char> closed(set->categories.size(), 0);
    for (const std::size_t category : set->closed) {
        closed[category] = 1;
    }
    std::vector<Asked> asked;
    std::int64_t decoded = 0;
    for (std::size_t i = 0; i < total; ++i) {
        const data::Photo& photo = set->photos[i];
        report.photos.push_back(photo.file);
        if (stop.stop_requested()) {
            return Error{ErrorKind::cancelled, "the evaluation was stopped", ""};
        }
        if (progress) {
            progress({static_cast<std::int64_t>(i), static_cast<std::int64_t>(total), photo.file});
        }
        std::vector<std::size_t> ask;
        for (std::size_t k = 0; k < wanted->size(); ++k) {
            const std::size_t category = (*wanted)[k].category;
            const bool certain = closed[category] != 0 && photo.coverage != data::Coverage::listed;
            // A picture is not searched for what was marked in it.
            if ((*wanted)[k].example != photo.file && (certain || isPresent(*set, photo, category))) {
                ask.push_back(k);
            }
        }
        if (ask.empty()) {
            continue;
        }
        auto image = data::readPhoto(*set, photo);
        if (!image) {
            return image.error();
        }
        session::EncodeOptions encode;
        encode.size = options.size;
        auto encoded = clipseg.encode(*image, encode, stop);
        if (!encoded) {
            return encoded.error();
        }
        report.encodeMilliseconds += encoded->milliseconds;
        for (std::size_t from = 0; from < ask.size(); from += kChunk) {
            const std::size_t to = std::min(from + kChunk, ask.size());
            std::vector<session::Condition> some;
            for (std::size_t k = from; k < to; ++k) {
                some.push_back((*wanted)[ask[k]].condition);
            }
            const auto start = Clock::now();
            // As the head gives them: so `segment` makes its masks.
            auto logits = clipseg.decode(*encoded, some, session::Resolution::head);
            if (!logits) {
                return logits.error();
            }
            report.decodeMilliseconds += millisecondsSince(start);
            decoded += static_cast<std::int64_t>(some.size());
            for (std::size_t k = from; k < to; ++k) {
                const std::size_t category = (*wanted)[ask[k]].category;
                const Heatmap map =
                    toPictureSize(session::probability((*logits)[k - from].values), *image, options.refine);
                const bool present = isPresent(*set, photo, category);
                asked.push_back(
                    {i, ask[k], present, count(map, present ? data::maskOf(*set, photo, category) : Mask(), more)});
            }
        }
        ++report.pictures;
    }
    if (progress) {
        progress({static_cast<std::int64_t>(total), static_cast<std::int64_t>(total), ""});
    }
    std::vector<std::string> names;
    for (const Question& question : *wanted) {
        names.push_back(question.name);
    }
    report.encodeMilliseconds /= std::max<double>(1, static_cast<double>(report.pictures));
    report.decodeMilliseconds /= std::max<double>(1, static_cast<double>(decoded));
    report.metrics = measure(std::move(asked), std::move(names), more);
    report.seconds = millisecondsSince(began) / 1000;
    return report;
}

namespace {

constexpr int kTile = 160, kGap = 4, kCaption = 16, kRow = kTile + kCaption + kGap;

// Square, the picture's shape kept; where there is a mask its outside is dark and its inside dyed.
void drawTile(Image& sheet, int x0, int y0, const Image& image, const Mask& mask,
              const std::array<std::uint8_t, 3>& colour) {
    const int longer = std::max(image.width, image.height);
    const int width = std::max(1, image.width * kTile / longer), height = std::max(1, image.height * kTile / longer);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const int sx = (2 * x + 1) * image.width / (2 * width), sy = (2 * y + 1) * image.height / (2 * height);
            for (int c = 0; c < 3; ++c) {
                int value = image.at(sx, sy)[c];
                if (!mask.empty()) {
                    value = mask.at(sx, sy) != 0 ? (value + 2 * colour[static_cast<std::size_t>(c)]) / 3 : value / 2;
                }
                sheet.at(x0 + x + (kTile - width) / 2, y0 + y + (kTile - height) / 2)[c] =
                    static_cast<std::uint8_t>(value);
            }
        }
    }
}

// The first `count` of `order`, one a picture, and then, where the pictures are too few, those passed over.
std::vector<const Asked*> spread(const std::vector<const Asked*>& order, std::size_t count) {
    std::vector<const Asked*> chosen, passed;
    std::vector<std::size_t> photos;
    for (const Asked* a : order) {
        const bool fresh = std::find(photos.begin(), photos.end(), a->photo) == photos.end();
        (fresh ? chosen : passed).push_back(a);
        photos.push_back(a->photo);
        if (chosen.size() == count) {
            return chosen;
        }
    }
    chosen.insert(chosen.end(), passed.begin(), passed.end());
    chosen.resize(std::min(chosen.size(), count));
    return chosen;
}

}  // namespace

Result<Image> contactSheet(const EvaluateOptions& options, const Report& report, int count) {
    const std::size_t t = report.metrics.indexOf(report.defaultThreshold);
    std::vector<const Asked*> order;
    for (const Asked& a : report.metrics.asked) {
        if (a.present) {
            order.push_back(&a);
        }
    }
    if (order.empty()) {
        return Image();
    }
    auto set = data::readCoco(options.data, options.split);
    if (!set) {
        return set.error();
    }
    auto opened = session::Engine::open(options.engine);
    if (!opened) {
        return opened.error();
    }
    const auto needed = session::needClipSeg(**opened);
    if (!needed) {
        return needed.error();
    }
    session::ClipSegMethod& clipseg = **needed;
    const auto wanted = questions(clipseg, options, *set);
    if (!wanted) {
        return wanted.error();
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](const Asked* a, const Asked* b) { return a->counts.iou(t) > b->counts.iou(t); });
    const auto rows = static_cast<std::size_t>(std::max(count, 1));
    std::vector<std::vector<const Asked*>> sides = {spread(order, rows)};
    std::reverse(order.begin(), order.end());
    sides.push_back(spread(order, rows));
    Image sheet(6 * (kTile + kGap) + 4 * kGap, static_cast<int>(sides.front().size()) * kRow + kGap);
    std::fill(sheet.pixels.begin(), sheet.pixels.end(), std::uint8_t{32});
    for (std::size_t side = 0; side < sides.size(); ++side) {
        for (std::size_t r = 0; r < sides[side].size(); ++r) {
            const Asked& a = *sides[side][r];
            const data::Photo& photo = set->photos[a.photo];
            const Question& name = (*wanted)[a.phrase];
            auto image = data::readPhoto(*set, photo);
            if (!image) {
                return image.error();
            }
            session::EncodeOptions encode;
            encode.size = options.size;
            auto encoded = clipseg.encode(*image, encode);
            if (!encoded) {
                return encoded.error();
            }
            auto logits = clipseg.decode(*encoded, std::span(&name.condition, 1), session::Resolution::head);
            if (!logits) {
                return logits.error();
            }
            const Heatmap map = toPictureSize(session::probability((*logits)[0].values), *image, options.refine);
            const int x = kGap + static_cast<int>(side) * (3 * (kTile + kGap) + 3 * kGap);
            const int y = kGap + static_cast<int>(r) * kRow;
            char iou[16];
            std::snprintf(iou, sizeof iou, "%.2f ", a.counts.iou(t));
            drawText(sheet, iou + name.name + "  (" + photo.file + ")", x, y + 12, {225, 225, 225});
            const Mask mask = threshold(map, static_cast<float>(report.metrics.figures[t].threshold));
            drawTile(sheet, x, y + kCaption, *image, Mask(), {});
            drawTile(sheet, x + kTile + kGap, y + kCaption, *image, data::maskOf(*set, photo, name.category),
                     {40, 200, 80});
            drawTile(sheet, x + 2 * (kTile + kGap), y + kCaption, *image, mask, {240, 120, 30});
        }
    }
    return sheet;
}

Result<void> recordThreshold(const std::string& folder, double value) {
    const std::string file = (std::filesystem::path(folder) / "config.json").string();
    auto json = readJsonFile(file, ErrorKind::weights);
    if (!json) {
        return json.error();
    }
    if (!json->is_object()) {
        return Error{ErrorKind::weights, file + ": the top level is not an object",
                     "take the config.json of a model folder"};
    }
    (*json)["default_threshold"] = value;
    return writeFileAtomically(file, json->dump(2) + "\n");
}

}  // namespace maskwright::eval
