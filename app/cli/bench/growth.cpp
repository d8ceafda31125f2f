#include <cmath>

#include "app/cli/bench/steps.h"
#include "core/image/resize.h"

namespace maskwright::cli::bench {

namespace {

constexpr int kTurns = 3;            // at most; the large ones take minutes
constexpr int kPicturesAtOnce = 20;  // written, worked on and removed together, so that a thousand fit on a small disk

int turns(const Setting& setting) { return std::min(setting.arguments.runs, kTurns); }

// Encodes and asks; both sides do the same for one phrase and for many.
Step asking(Setting& setting, Ours& ours, Image& picture, std::vector<std::string>& words, int count,
            std::int64_t side) {
    Step step;
    step.prepare = [&setting, &picture, &words, count]() -> Result<void> {
        words = phrases(setting.used, count);
        setting.used += count;
        picture = variant(setting.picture, setting.used);
        return {};
    };
    step.ours = [&ours, &picture, &words, side]() -> Result<double> {
        const auto encoded = ours.encode(picture, side);
        const auto asked = encoded ? ours.ask(words) : encoded;
        return asked ? Result<double>(*encoded + *asked) : asked;
    };
    step.request = [&words] { return Json{{"do", "maps"}, {"phrases", words}}; };
    return step;
}

Result<void> growPhrases(Setting& setting, Ours& ours, Bout& bout) {
    Image picture;
    std::vector<std::string> words;
    for (const int count : {1, 2, 4, 8, 16, 32, 64}) {
        Step step = asking(setting, ours, picture, words, count, 0);
        step.row = {"phrases", setting.results.model.dtype, double(count)};
        MASKWRIGHT_TRY(bout.take(step, turns(setting), count == 1));
    }
    return {};
}

Result<void> growSide(Setting& setting, Ours& ours, Bout& bout) {
    Image picture;
    std::vector<std::string> words;
    for (const std::int64_t side : {224, 352, 480, 704, 1056, 1408}) {
        if (const auto fits = ours.engine().method().checkSize(side); !fits) {
            warn(fits.error().line());
            continue;
        }
        MASKWRIGHT_TRY(bout.tell({{"do", "size"}, {"side", side}}));
        Step step = asking(setting, ours, picture, words, 1, side);
        step.row = {"network side in pixels", setting.results.model.dtype, double(side)};
        MASKWRIGHT_TRY(bout.take(step, turns(setting)));
    }
    return bout.tell({{"do", "size"}, {"side", 0}});
}

Result<void> growPixels(Setting& setting, Ours& ours, Bout& bout, const std::string& file) {
    for (const int megapixels : {1, 3, 12, 24, 50, 100}) {
        const int height = static_cast<int>(std::sqrt(megapixels * 1e6 / 1.5)), width = height * 3 / 2;
        Image picture = resizeBilinearAntialiased(setting.picture, width, height);
        MASKWRIGHT_TRY(bout.tell({{"do", "picture"}, {"file", file}, {"width", width}, {"height", height}}));
        std::vector<std::string> words;
        Step step;
        step.row = {"megapixels", setting.results.model.dtype, double(megapixels)};
        step.prepare = [&]() -> Result<void> {
            words = {phrase(setting.used++)};
            picture.pixels[0] = static_cast<std::uint8_t>(setting.used);
            return {};
        };
        step.ours = [&] { return ours.masks(picture, words); };
        step.request = [&] { return Json{{"do", "masks"}, {"phrases", words}}; };
        MASKWRIGHT_TRY(bout.take(step, turns(setting)));
    }
    return bout.tell({{"do", "picture"}, {"file", file}});
}

// What both sides hold now, as a row beside the time's.
Result<Row> memoryRow(Setting& setting, double pictures) {
    Row row{"pictures", setting.results.model.dtype, pictures, "MiB", {memoryOf(0).now}};
    for (Opponent& opponent : setting.opponents) {
        const auto reply = opponent.peer.ask({{"do", "memory"}});
        if (!reply) {
            return reply.error();
        }
        const auto now = reply->value.find("now");
        row.theirs.emplace_back();
        if (now != reply->value.end() && now->is_number()) {
            row.theirs.back().push_back(now->get<double>());
        }
    }
    return row;
}

// One long run; a point tells how long it has taken up to there.
Result<void> growPictures(Setting& setting, Ours& ours) {
    std::vector<Opponent>& opponents = setting.opponents;
    double own = 0;
    std::vector<std::optional<double>> theirs(opponents.size(), 0.0);
    int done = 0;
    for (const int mark : {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000}) {
        sayStep({"pictures", setting.results.model.dtype, double(mark)});
        const int goal = std::min(mark, setting.arguments.pictures);
        while (done < goal) {
            const int count = std::min(goal - done, kPicturesAtOnce);
            const auto files = writePictures(setting, setting.scratch.emptyFolder("pictures"), count);
            if (!files) {
                return files.error();
            }
            const std::string words = phrase(setting.used++);
            settleDown();
            const auto time = ours.folder(*files, words, setting.scratch.emptyFolder("masks"));
            if (!time) {
                return time.error();
            }
            own += *time;
            for (std::size_t i = 0; i < opponents.size(); ++i) {
                settleDown();
                const auto reply = opponents[i].peer.ask({{"do", "folder"},
                                                          {"files", *files},
                                                          {"phrases", {words}},
                                                          {"out", setting.scratch.path("masks")}});
                if (!reply) {
                    return reply.error();
                }
                theirs[i] =
                    theirs[i] && reply->done() ? std::optional(*theirs[i] + reply->milliseconds()) : std::nullopt;
            }
            done += count;
        }
        Row row{"pictures", setting.results.model.dtype, double(done), "ms", {own}};
        for (const auto& total : theirs) {
            row.theirs.push_back(total ? std::vector<double>{*total} : std::vector<double>{});
        }
        setting.results.rows.push_back(std::move(row));
        auto memory = memoryRow(setting, done);
        if (!memory) {
            return memory.error();
        }
        setting.results.rows.push_back(std::move(*memory));
        if (mark >= setting.arguments.pictures) {
            break;
        }
    }
    return {};
}

}  // namespace

Result<void> measureGrowth(Setting& setting, Ours& ours) {
    Bout bout(setting.results, setting.opponents);
    const std::string file = setting.scratch.path("picture.png");
    // Memory first: a hundred megapixels leave the allocators with more than they had.
    MASKWRIGHT_TRY(growPictures(setting, ours));
    MASKWRIGHT_TRY(growPhrases(setting, ours, bout));
    MASKWRIGHT_TRY(growSide(setting, ours, bout));
    return growPixels(setting, ours, bout, file);
}

}  // namespace maskwright::cli::bench
