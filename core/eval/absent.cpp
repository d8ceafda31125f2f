#include "core/eval/absent.h"

#include <algorithm>
#include <random>
#include <string_view>
#include <unordered_set>

#include "core/base/stopwatch.h"
#include "core/eval/asker.h"
#include "core/eval/photos.h"
#include "core/eval/protocols/question.h"
#include "core/eval/text.h"
#include "core/image/refine.h"
#include "core/text/wording.h"

namespace maskwright::eval {
namespace {

constexpr std::size_t kShown = 20;  // texts in the table

// Which texts each of the pictures is asked for: every text goes round the pictures from where the one before stopped.
std::vector<std::vector<std::size_t>> shared(std::size_t texts, std::size_t pictures, std::int64_t each) {
    std::vector<std::vector<std::size_t>> asked(pictures);
    const std::size_t times = each > 0 ? std::min(pictures, static_cast<std::size_t>(each)) : pictures;
    for (std::size_t k = 0; k < texts; ++k) {
        for (std::size_t i = 0; i < times; ++i) {
            asked[(k * times + i) % pictures].push_back(k);
        }
    }
    return asked;
}

}  // namespace

std::int64_t AbsentReport::textsWithMask() const {
    return std::count_if(texts.begin(), texts.end(), [](const Text& one) { return one.masks > 0; });
}

std::vector<std::string> gibberish(std::size_t count, std::uint64_t seed) {
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz", kVowels = "aeiou",
                               kConsonants = "bcdfghjklmnpqrstvwxz";
    std::mt19937_64 random(seed);
    const auto draw = [&](std::string_view from) { return from[random() % from.size()]; };
    std::vector<std::string> texts;
    std::unordered_set<std::string> seen;
    while (texts.size() < count) {
        std::string text;
        if (texts.size() % 2 == 0) {
            for (std::size_t left = 4 + random() % 7; left > 0; --left) {
                text += draw(kLetters);
            }
        } else {
            for (std::size_t left = 2 + random() % 3; left > 0; --left) {
                text += draw(kConsonants);
                text += draw(kVowels);
            }
        }
        if (seen.insert(text).second) {
            texts.push_back(std::move(text));
        }
    }
    return texts;
}

Result<AbsentReport> evaluateAbsent(const AbsentOptions& options, const ProgressSink& progress, std::stop_token stop) {
    const Stopwatch watch;
    MASKWRIGHT_TRY(checkMeasuring(options));
    if (options.texts.empty()) {
        return Error{ErrorKind::usage, "there is no text to ask for", "give some, or ask for gibberish"};
    }
    const auto photos = readPhotos(options);
    if (!photos) {
        return photos.error();
    }
    auto asker = Asker::open(options);
    if (!asker) {
        return asker.error();
    }
    warnOfOddities(options, photos->set);
    AbsentReport report;
    report.model = asker->info().name;
    report.data = options.data;
    report.split = options.split;
    report.size = asker->size();
    for (const std::string& text : options.texts) {
        session::Prompt prompt;
        prompt.phrase = text::worded(options.prompt, text);
        if (const auto added = asker->add(prompt, stop); !added) {
            return added.error();
        }
        report.texts.push_back({text, 0, 0, 0});
    }
    LeftMasks left(leftThresholds(asker->info().defaultThreshold, options.thresholds));
    const auto asked = shared(options.texts.size(), photos->chosen.size(), options.each);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const data::Photo& photo = photos->set.photos[photos->chosen[i]];
        if (progress) {
            progress({static_cast<std::int64_t>(i), static_cast<std::int64_t>(asked.size()), photo.file});
        }
        if (asked[i].empty()) {
            continue;
        }
        const auto image = data::readPhoto(photos->set, photo);
        if (!image) {
            return image.error();
        }
        ++report.pictures;
        const auto take = [&](std::size_t k, Found found) -> Result<void> {
            AbsentReport::Text& text = report.texts[asked[i][k]];
            ++text.pictures;
            text.masks += left.add(toPictureSize(found.map, *image, options.refine)) ? 1 : 0;
            text.presence = std::max(text.presence, static_cast<double>(found.presence));
            return {};
        };
        MASKWRIGHT_TRY(asker->ask(*image, asked[i], take, stop));
    }
    if (progress) {
        progress({static_cast<std::int64_t>(asked.size()), static_cast<std::int64_t>(asked.size()), ""});
    }
    report.left = left.at();
    report.seconds = watch.milliseconds() / 1000;
    return report;
}

std::string asJson(const AbsentReport& r) {
    Json json = {{"model", r.model},         {"data", r.data},
                 {"split", r.split},         {"size", r.size},
                 {"seconds", r.seconds},     {"pictures", r.pictures},
                 {"left", leftJson(r.left)}, {"texts_with_mask", r.textsWithMask()}};
    json["texts"] = Json::array();
    for (const AbsentReport::Text& one : r.texts) {
        json["texts"].push_back(
            {{"text", one.text}, {"pictures", one.pictures}, {"masks", one.masks}, {"highest_presence", one.presence}});
    }
    return json.dump(2) + "\n";
}

std::string asMarkdown(const AbsentReport& r) {
    std::vector<AbsentReport::Text> worst;
    std::copy_if(r.texts.begin(), r.texts.end(), std::back_inserter(worst),
                 [](const AbsentReport::Text& one) { return one.masks > 0; });
    std::stable_sort(worst.begin(), worst.end(), [](const auto& a, const auto& b) { return a.masks > b.masks; });
    std::string text = "# " + inMarkdown(r.model) + " on " + inMarkdown(r.split) + "\n\n" +
                       std::to_string(r.texts.size()) + " texts that stand for nothing, asked of " +
                       std::to_string(r.pictures) + " pictures, input " + std::to_string(r.size) + " pixels. " +
                       std::to_string(r.textsWithMask()) + " texts left a mask in one at least.\n\n" + kLeftHead +
                       leftMarkdown(r.left, "texts") +
                       "\n| text | pictures | left a mask | highest presence |\n|---|---|---|---|\n";
    for (std::size_t i = 0; i < std::min(kShown, worst.size()); ++i) {
        text += "| " + inMarkdown(worst[i].text) + " | " + std::to_string(worst[i].pictures) + " | " +
                std::to_string(worst[i].masks) + " | " + number(worst[i].presence, "%.3f") + " |\n";
    }
    return text;
}

}  // namespace maskwright::eval
