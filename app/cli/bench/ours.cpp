#include "app/cli/bench/ours.h"

#include "app/cli/common.h"
#include "core/base/stopwatch.h"
#include "core/batch/runner.h"
#include "core/image/refine.h"
#include "core/image/resize.h"
#include "core/output/appearance.h"
#include "core/output/overlay.h"

namespace maskwright::cli::bench {

namespace {

std::vector<session::Prompt> prompts(const std::vector<std::string>& phrases) {
    std::vector<session::Prompt> all(phrases.size());
    for (std::size_t i = 0; i < phrases.size(); ++i) {
        all[i].phrase = phrases[i];
    }
    return all;
}

}  // namespace

Result<Ours> Ours::open(const ModelArguments& arguments, std::stop_token stop) {
    auto engine = openEngine(arguments);
    if (!engine) {
        return engine.error();
    }
    return Ours(std::make_unique<EngineSegmenter>(std::move(*engine), std::vector<std::string>{}), std::move(stop));
}

Result<double> Ours::encode(const Image& picture, std::int64_t size) {
    const Stopwatch watch;
    auto encoded = engine().method().encode(picture, {size, false}, stop_);
    if (!encoded) {
        return encoded.error();
    }
    encoded_ = std::move(*encoded);
    return watch.milliseconds();
}

Result<double> Ours::ask(const std::vector<std::string>& phrases) {
    const Stopwatch watch;
    const auto answer = engine().method().predict(encoded_, prompts(phrases), stop_);
    if (!answer) {
        return answer.error();
    }
    return watch.milliseconds();
}

Result<double> Ours::askByExample(const std::shared_ptr<const Image>& support,
                                  const std::shared_ptr<const Mask>& region) {
    const Stopwatch watch;
    session::Prompt prompt;
    prompt.regions.push_back({support, region, {}, 1});
    const auto answer = engine().method().predict(encoded_, std::span(&prompt, 1), stop_);
    if (!answer) {
        return answer.error();
    }
    return watch.milliseconds();
}

Result<void> Ours::maskAll(const Image& picture, const std::vector<std::string>& phrases) {
    const auto encoded = engine().method().encode(picture, {}, stop_);
    if (!encoded) {
        return encoded.error();
    }
    const auto answer = engine().method().predict(*encoded, prompts(phrases), stop_);
    if (!answer) {
        return answer.error();
    }
    made_.clear();
    for (const Heatmap& map : answer->maps) {
        made_.push_back(threshold(toPictureSize(map, picture, false), 0.5F));
    }
    return {};
}

Result<double> Ours::masks(const Image& picture, const std::vector<std::string>& phrases) {
    const Stopwatch watch;
    MASKWRIGHT_TRY(maskAll(picture, phrases));
    return watch.milliseconds();
}

Result<double> Ours::file(const std::string& file, const std::vector<std::string>& phrases) {
    const Stopwatch watch;
    const auto picture = image_io::read(file);
    if (!picture) {
        return picture.error();
    }
    MASKWRIGHT_TRY(maskAll(picture->image, phrases));
    return watch.milliseconds();
}

Result<double> Ours::folder(const std::vector<std::string>& files, const std::string& phrase,
                            const std::string& folder) {
    batch::Plan plan;
    plan.inputs = files;
    for (std::size_t i = 0; i < files.size(); ++i) {
        plan.outputs.push_back({folder + "/" + std::to_string(i) + ".png"});
    }
    plan.journal = batch::journalPath(plan);
    batch::Request request;
    request.labels = {phrase};
    request.prompts = prompts(request.labels);
    request.refine = false;
    std::optional<Error> failed;
    const Stopwatch watch;
    const auto done = batch::run(
        plan, request, *segmenter_,
        [&](const batch::Outcome& outcome) {
            if (outcome.error && !failed) {
                failed = outcome.error;
            }
        },
        stop_);
    const double time = watch.milliseconds();
    if (!done) {
        return done.error();
    }
    if (failed) {
        return *failed;
    }
    return time;
}

Result<double> refining(const Image& picture) {
    constexpr int kSide = 352;  // CLIPSeg's
    const Image small = resizeBilinearAntialiased(picture, kSide, kSide);
    Heatmap map(kSide, kSide);
    for (std::size_t i = 0; i < map.pixels.size(); ++i) {
        map.pixels[i] = static_cast<float>(small.pixels[3 * i]) / 255;
    }
    const Stopwatch watch;
    if (toPictureSize(map, picture, true).empty()) {
        return Error{ErrorKind::input, "the picture has no pixels", ""};
    }
    return watch.milliseconds();
}

double thresholding(const Heatmap& map, int number) {
    const Stopwatch watch;
    const Mask mask = threshold(map, 0.3F + 0.01F * static_cast<float>(number));
    return mask.empty() ? 0 : watch.milliseconds();
}

double redrawing(const Heatmap& map, int number) {
    std::vector<std::uint32_t> screen(map.pixels.size());
    output::Appearance appearance;
    appearance.threshold = 0.3 + 0.01 * number;
    appearance.edge = 1;
    appearance.lineWidth = 1.6;  // as the window draws it
    const Stopwatch watch;
    output::layer(map, {0, 0, map.width, map.height}, output::Brush(appearance, output::distinctColour(0)), screen);
    return watch.milliseconds();
}

Heatmap onScreen(const Heatmap& map) {
    const double scale = std::min({1.0, 1920.0 / map.width, 1080.0 / map.height});
    return resizeBilinear(map, std::max(1, static_cast<int>(map.width * scale)),
                          std::max(1, static_cast<int>(map.height * scale)));
}

}  // namespace maskwright::cli::bench
