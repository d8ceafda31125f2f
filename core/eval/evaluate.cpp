#include "core/eval/evaluate.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/data/coco.h"
#include "core/image/refine.h"

namespace maskwright::eval {
namespace {

constexpr std::size_t kChunk = 20;  // phrases decoded at a time

std::string fillIn(const std::string& prompt, const std::string& name) {
    const std::size_t at = prompt.find("{}");
    std::string phrase = prompt;
    return at == std::string::npos ? name : phrase.replace(at, 2, name);
}

struct Wanted {
    std::size_t category = 0;
    std::string name;
};

Result<std::vector<Wanted>> wantedNames(const EvaluateOptions& options, const data::DataSet& set) {
    std::vector<Wanted> wanted;
    if (options.phrases.empty()) {
        for (const std::size_t category : set.closed) {
            wanted.push_back({category, set.categories[category].name});
        }
        return wanted;
    }
    for (const std::string& name : options.phrases) {
        const auto found =
            std::find_if(set.categories.begin(), set.categories.end(), [&](const data::Category& category) {
                return std::find(category.names.begin(), category.names.end(), name) != category.names.end();
            });
        if (found == set.categories.end()) {
            return Error{ErrorKind::usage, "no category of " + set.file + " is called " + quoted(name),
                         "ask for one of its categories"};
        }
        wanted.push_back({static_cast<std::size_t>(found - set.categories.begin()), name});
    }
    return wanted;
}

bool isPresent(const data::DataSet& set, const data::Photo& photo, std::size_t category) {
    return std::any_of(photo.annotations.begin(), photo.annotations.end(),
                       [&](std::size_t a) { return set.covers(category, set.annotations[a].category); });
}

Result<std::vector<session::Condition>> conditionsOf(session::Engine& engine, const EvaluateOptions& options,
                                                     const std::vector<Wanted>& wanted) {
    std::vector<session::Condition> conditions;
    for (const Wanted& w : wanted) {
        auto condition = engine.textCondition(fillIn(options.prompt, w.name));
        if (!condition) {
            return condition.error();
        }
        conditions.push_back(std::move(*condition));
    }
    return conditions;
}

using Clock = std::chrono::steady_clock;
double millisecondsSince(Clock::time_point from) {
    return std::chrono::duration<double, std::milli>(Clock::now() - from).count();
}

}  // namespace

Result<Report> evaluate(const EvaluateOptions& options, const ProgressSink& progress, std::stop_token stop) {
    const auto began = Clock::now();
    auto set = data::readCoco(options.data, options.split);
    if (!set) {
        return set.error();
    }
    auto wanted = wantedNames(options, *set);
    if (!wanted) {
        return wanted.error();
    }
    auto opened = session::Engine::open(options.engine);
    if (!opened) {
        return opened.error();
    }
    session::Engine& engine = **opened;
    auto conditions = conditionsOf(engine, options, *wanted);
    if (!conditions) {
        return conditions.error();
    }
    Report report;
    report.model = engine.info().name;
    report.folder = engine.info().folder;
    report.data = options.data;
    report.split = options.split;
    report.size = options.size > 0 ? options.size : engine.info().inputSize;
    report.defaultThreshold = engine.info().defaultThreshold;
    report.thresholds = options.thresholds;
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
            if (certain || isPresent(*set, photo, category)) {
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
        auto encoded = engine.encode(*image, encode, stop);
        if (!encoded) {
            return encoded.error();
        }
        report.encodeMilliseconds += encoded->milliseconds;
        for (std::size_t from = 0; from < ask.size(); from += kChunk) {
            const std::size_t to = std::min(from + kChunk, ask.size());
            std::vector<session::Condition> some;
            for (std::size_t k = from; k < to; ++k) {
                some.push_back((*conditions)[ask[k]]);
            }
            const auto start = Clock::now();
            auto logits = engine.decode(*encoded->picture, some);
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
                    {i, ask[k], present, count(map, present ? data::maskOf(*set, photo, category) : Mask())});
            }
        }
        ++report.pictures;
    }
    std::vector<std::string> names;
    for (const Wanted& w : *wanted) {
        names.push_back(w.name);
    }
    report.encodeMilliseconds /= std::max<double>(1, static_cast<double>(report.pictures));
    report.decodeMilliseconds /= std::max<double>(1, static_cast<double>(decoded));
    report.metrics = measure(std::move(asked), std::move(names));
    report.seconds = millisecondsSince(began) / 1000;
    return report;
}

Result<Image> contactSheet(const EvaluateOptions& options, const Report& report, int count) {
    auto set = data::readCoco(options.data, options.split);
    if (!set) {
        return set.error();
    }
    auto wanted = wantedNames(options, *set);
    if (!wanted) {
        return wanted.error();
    }
    auto opened = session::Engine::open(options.engine);
    if (!opened) {
        return opened.error();
    }
    session::Engine& engine = **opened;
    const std::size_t t = nearestThreshold(report.defaultThreshold);
    std::vector<const Asked*> order;
    for (const Asked& a : report.metrics.asked) {
        if (a.present) {
            order.push_back(&a);
        }
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](const Asked* a, const Asked* b) { return a->counts.iou(t) > b->counts.iou(t); });
    const std::size_t rows = std::min<std::size_t>(static_cast<std::size_t>(std::max(count, 1)), order.size());
    if (rows == 0) {
        return Error{ErrorKind::input, "no phrase of the evaluation was present in a picture",
                     "evaluate a split that has annotations"};
    }
    // A row: picture, truth, mask of one of the best; then of one of the worst. Tiles keep no aspect.
    constexpr int kTile = 160, kGap = 4;
    Image sheet(6 * (kTile + kGap) + kGap * 4, static_cast<int>(rows) * (kTile + kGap) + kGap);
    std::fill(sheet.pixels.begin(), sheet.pixels.end(), std::uint8_t{32});
    const auto tile = [&](int column, int row, const Image& image, const Mask& mask,
                          std::array<std::uint8_t, 3> colour) {
        const int x0 = kGap + column * (kTile + kGap) + (column >= 3 ? 3 * kGap : 0), y0 = kGap + row * (kTile + kGap);
        for (int y = 0; y < kTile; ++y) {
            for (int x = 0; x < kTile; ++x) {
                const int sx = (2 * x + 1) * image.width / (2 * kTile), sy = (2 * y + 1) * image.height / (2 * kTile);
                for (int c = 0; c < 3; ++c) {
                    int value = image.at(sx, sy)[c];
                    if (!mask.empty()) {
                        value =
                            mask.at(sx, sy) != 0 ? (value + 2 * colour[static_cast<std::size_t>(c)]) / 3 : value / 2;
                    }
                    sheet.at(x0 + x, y0 + y)[c] = static_cast<std::uint8_t>(value);
                }
            }
        }
    };
    for (std::size_t side = 0; side < 2; ++side) {
        for (std::size_t r = 0; r < rows; ++r) {
            const Asked& a = side == 0 ? *order[r] : *order[order.size() - 1 - r];
            const data::Photo& photo = set->photos[a.photo];
            auto image = data::readPhoto(*set, photo);
            if (!image) {
                return image.error();
            }
            session::EncodeOptions encode;
            encode.size = options.size;
            auto encoded = engine.encode(*image, encode);
            if (!encoded) {
                return encoded.error();
            }
            auto condition = engine.textCondition(fillIn(options.prompt, (*wanted)[a.phrase].name));
            if (!condition) {
                return condition.error();
            }
            auto logits = engine.decode(*encoded->picture, std::span(&*condition, 1));
            if (!logits) {
                return logits.error();
            }
            const Heatmap map = toPictureSize(session::probability((*logits)[0].values), *image, options.refine);
            const int first = side == 0 ? 0 : 3, row = static_cast<int>(r);
            tile(first, row, *image, Mask(), {});
            tile(first + 1, row, *image, data::maskOf(*set, photo, (*wanted)[a.phrase].category), {40, 200, 80});
            tile(first + 2, row, *image, threshold(map, static_cast<float>(thresholdAt(t))), {240, 120, 30});
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
