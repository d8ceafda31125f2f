// segment: pictures and prompts to masks. One bad picture is a line in the report and never a stop.
#include <algorithm>
#include <chrono>

#include "app/cli/common.h"
#include "app/cli/npy.h"
#include "app/cli/outputs.h"
#include "app/cli/segment_report.h"
#include "core/image/refine.h"
#include "core/session/clipseg_method.h"

namespace maskwright::cli {

namespace {

constexpr std::size_t kPromptsAtOnce = 32;  // bounds the maps held at a time, whatever the number of phrases
constexpr float kOverlayOpacity = 0.55f;
constexpr float kCutoutSoftness = 0.1f;  // half the width, in probability, of a cutout's soft edge

double since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

std::string plainNumber(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

Heatmap asHeatmap(const Mask& mask) {
    Heatmap map(mask.width, mask.height);
    std::transform(mask.pixels.begin(), mask.pixels.end(), map.pixels.begin(),
                   [](std::uint8_t v) { return v != 0 ? 1.0f : 0.0f; });
    return map;
}

class Segmenter {
  public:
    Segmenter(const SegmentArguments& arguments, std::stop_token stop) : a_(arguments), stop_(std::move(stop)) {}

    int run() {
        if (const auto ready = prepare(); !ready) {
            return report(ready.error());
        }
        int code = 0;
        for (const auto& [folder, error] : badFolders_) {
            code = report_.failed(folder, error);
        }
        for (std::size_t i = 0; i < inputs_.size(); ++i) {
            const auto done =
                stop_.stop_requested() ? Result<void>(Error{ErrorKind::cancelled, "stopped", ""}) : picture(i);
            if (!done) {
                const Error& error = done.error();
                if (error.kind == ErrorKind::cancelled || error.kind == ErrorKind::usage) {
                    report_.flush();
                    return report(error);
                }
                const int failed = report_.failed(inputs_[i], error);
                code = code != 0 ? code : failed;
            }
            report_.progress(i + 1, inputs_.size());
        }
        report_.flush();
        return code;
    }

  private:
    // Everything that can be wrong before the first picture is opened.
    Result<void> prepare() {
        const auto usage = [](const std::string& what, const std::string& advice) {
            return Error{ErrorKind::usage, what, advice};
        };
        if (a_.phrases.empty() && a_.support.regions.empty()) {
            return usage("there is nothing to look for", "give --phrase, or --support with --region");
        }
        for (const std::string& phrase : a_.phrases) {
            if (phrase.find_first_not_of(" \t\r\n") == std::string::npos) {
                return usage("a phrase is empty", "say what to look for");
            }
        }
        if (a_.wording.find("{}") == std::string::npos) {
            return usage("the wording " + quoted(a_.wording) + " has no {} for the phrase",
                         "e.g. \"a photo of a {}.\"");
        }
        if (a_.output.empty() && a_.saveLogits.empty() && !a_.json && !a_.rank) {
            return usage("there is no output", "give -o, --save-logits, --json or --rank");
        }
        labels_ = a_.phrases.empty() ? std::vector<std::string>{"support"} : a_.phrases;
        if (a_.kind == Kind::index && labels_.size() > 255) {
            return usage("an index picture holds 255 phrases, not " + std::to_string(labels_.size()),
                         "give fewer phrases");
        }
        auto inputs = expandInputs(a_.images);
        if (!inputs) {
            return inputs.error();
        }
        inputs_ = std::move(inputs->files);
        badFolders_ = std::move(inputs->badFolders);
        const auto colour = parseColour(a_.background);
        if (!colour) {
            return colour.error();
        }
        read_ = readOptions(a_.maxMegapixels, *colour);
        MASKWRIGHT_TRY(planFiles());
        MASKWRIGHT_TRY(makePrompts());
        auto engine = openEngine(a_.model);
        if (!engine) {
            return engine.error();
        }
        engine_ = std::move(*engine);
        MASKWRIGHT_TRY(engine_->method().checkSize(a_.size != 0 ? a_.size : engine_->info().capabilities.inputSize));
        exactThreshold_ = a_.threshold.value_or(engine_->info().defaultThreshold);
        threshold_ = static_cast<float>(exactThreshold_);
        return {};
    }

    Result<void> planFiles() {
        std::vector<std::string> alsoRead;
        for (const auto* list :
             {&a_.support.images, &a_.support.regions, &a_.negativeSupport.images, &a_.negativeSupport.regions}) {
            alsoRead.insert(alsoRead.end(), list->begin(), list->end());
        }
        std::string together;  // the name of a file that holds all phrases
        for (const std::string& label : labels_) {
            together += (together.empty() ? "" : "-") + label;
        }
        if (!a_.output.empty()) {
            auto planned = planOutputs(a_.output, inputs_,
                                       a_.kind == Kind::index ? std::vector<std::string>{together} : labels_, alsoRead);
            if (!planned) {
                return planned.error();
            }
            files_ = std::move(*planned);
        }
        if (!a_.saveLogits.empty()) {
            auto planned = planArrays(a_.saveLogits, inputs_, together, alsoRead);
            if (!planned) {
                return planned.error();
            }
            arrays_ = std::move(*planned);
        }
        return {};
    }

    Result<void> makePrompts() {
        const auto style = visual_prompt::parseStyle(a_.style);
        if (!style) {
            return style.error();
        }
        const std::string own = inputs_.size() == 1 ? inputs_.front() : "";
        std::vector<session::SupportRegion> regions, negativeRegions;
        const auto read = [&](const SupportArguments& support, const char* option, auto& into) -> Result<void> {
            if (support.images.empty() && support.regions.empty()) {
                return {};
            }
            auto found = readSupport(support, own, *style, read_, option);
            if (!found) {
                return found.error();
            }
            into = std::move(*found);
            return {};
        };
        MASKWRIGHT_TRY(read(a_.support, "--support", regions));
        MASKWRIGHT_TRY(read(a_.negativeSupport, "--negative-support", negativeRegions));
        for (const std::string& label : labels_) {
            session::Prompt prompt;
            if (!a_.phrases.empty()) {
                prompt.phrase = a_.wording;
                prompt.phrase.replace(prompt.phrase.find("{}"), 2, label);
            }
            prompt.regions = regions;
            prompt.mix = a_.mix;
            prompt.negativePhrase = a_.negative;
            prompt.negativeRegions = negativeRegions;
            prompt.negativeWeight = a_.negativeWeight;
            prompt.compete = a_.compete;
            prompts_.push_back(std::move(prompt));
        }
        return {};
    }

    Result<void> picture(std::size_t index) {
        auto read = image_io::read(inputs_[index], read_);
        if (!read) {
            return read.error();
        }
        const Image& image = read->image;
        const auto encoded = engine_->method().encode(image, {a_.size, a_.keepAspect}, stop_);
        if (!encoded) {
            return encoded.error();
        }
        std::optional<NpyWriter> array;
        std::vector<SegmentReport::Line> lines;
        Plane<std::uint8_t> winners(a_.kind == Kind::index ? image.width : 0,
                                    a_.kind == Kind::index ? image.height : 0);
        Heatmap best(winners.width, winners.height, threshold_);
        std::vector<OrderedJson> waiting;  // an index picture's phrases, until every winner is known
        for (std::size_t begin = 0; begin < prompts_.size(); begin += kPromptsAtOnce) {
            const std::size_t count = std::min(kPromptsAtOnce, prompts_.size() - begin);
            auto found = ask(*encoded, std::span(prompts_).subspan(begin, count));
            if (!found) {
                return found.error();
            }
            const auto& [answer, logits] = *found;
            for (std::size_t k = 0; k < count; ++k) {
                if (!arrays_.empty()) {
                    MASKWRIGHT_TRY(save(array, arrays_[index], logits[k].values));
                }
                const std::size_t number = begin + k;
                if (answer.truncated[k] && warned_.insert(labels_[number]).second) {
                    warn("the phrase " + quoted(labels_[number]) + " is longer than the model reads and was cut");
                }
                const auto start = std::chrono::steady_clock::now();
                const Heatmap map = toPictureSize(answer.maps[k], image, a_.refine);
                const double refine = since(start);
                OrderedJson json = {
                    {"path", inputs_[index]},
                    {"phrase", labels_[number]},
                    {"output",
                     files_.empty() ? OrderedJson() : OrderedJson(files_[index][a_.kind == Kind::index ? 0 : number])},
                    {"presence", answer.presence[k]},
                    {"threshold", exactThreshold_}};
                const OrderedJson times = {{"encode", milliseconds(encoded->milliseconds)},
                                           {"text", milliseconds(answer.timing.text)},
                                           {"decode", milliseconds(answer.timing.decode)},
                                           {"refine", milliseconds(refine)}};
                if (a_.kind == Kind::index) {
                    for (std::size_t p = 0; p < map.pixels.size(); ++p) {
                        if (map.pixels[p] > best.pixels[p]) {
                            best.pixels[p] = map.pixels[p];
                            winners.pixels[p] = static_cast<std::uint8_t>(number + 1);
                        }
                    }
                    json["milliseconds"] = times;
                    waiting.push_back(std::move(json));
                    continue;
                }
                const Mask mask = maskwright::threshold(map, threshold_);
                if (!files_.empty()) {
                    MASKWRIGHT_TRY(write(files_[index][number], labels_[number], number, image, map, mask));
                }
                lines.push_back(SegmentReport::line(std::move(json), mask, times));
            }
        }
        if (a_.kind == Kind::index) {
            MASKWRIGHT_TRY(finishIndex(index, winners, waiting, lines));
        }
        if (array) {
            MASKWRIGHT_TRY(array->commit());
        }
        for (SegmentReport::Line& one : lines) {
            report_.add(std::move(one));
        }
        return {};
    }

    // The logits only where they are to be written.
    Result<session::AnswerWithLogits> ask(const session::Encoded& encoded, std::span<const session::Prompt> prompts) {
        if (!arrays_.empty()) {
            const auto clipseg = session::needClipSeg(*engine_);
            return clipseg ? (*clipseg)->predictWithLogits(encoded, prompts, stop_) : clipseg.error();
        }
        auto answer = engine_->method().predict(encoded, prompts, stop_);
        if (!answer) {
            return answer.error();
        }
        return session::AnswerWithLogits{std::move(*answer), {}};
    }

    // The first map decides the array's shape.
    Result<void> save(std::optional<NpyWriter>& array, const std::string& path, const Plane<float>& logits) const {
        if (!array) {
            const std::int64_t shape[] = {static_cast<std::int64_t>(prompts_.size()), logits.height, logits.width};
            auto writer = NpyWriter::create(path, shape);
            if (!writer) {
                return writer.error();
            }
            array.emplace(std::move(*writer));
        }
        return array->write(logits.pixels);
    }

    Result<void> finishIndex(std::size_t index, const Plane<std::uint8_t>& winners, std::vector<OrderedJson>& waiting,
                             std::vector<SegmentReport::Line>& lines) {
        if (!files_.empty()) {
            std::vector<std::array<std::uint8_t, 3>> palette = {{0, 0, 0}};
            std::string names;
            for (std::size_t i = 0; i < labels_.size(); ++i) {
                palette.push_back(distinctColour(i));
                names += (i == 0 ? "" : "\n") + labels_[i];
            }
            MASKWRIGHT_TRY(image_io::writeIndexed(files_[index].front(), winners, palette, texts(names)));
        }
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            Mask mask(winners.width, winners.height);
            std::transform(winners.pixels.begin(), winners.pixels.end(), mask.pixels.begin(),
                           [i](std::uint8_t w) { return w == i + 1 ? std::uint8_t(255) : std::uint8_t(0); });
            const OrderedJson times = waiting[i]["milliseconds"];
            lines.push_back(SegmentReport::line(std::move(waiting[i]), mask, times));
        }
        return {};
    }

    Result<void> write(const std::string& path, const std::string& label, std::size_t number, const Image& image,
                       const Heatmap& map, const Mask& mask) const {
        switch (a_.kind) {
            case Kind::mask:
            case Kind::index:
                return image_io::writeMask(path, mask, texts(label));
            case Kind::probability:
                return image_io::writeProbability(path, map, texts(label));
            case Kind::probability16:
                return image_io::writeProbability16(path, map, texts(label));
            case Kind::overlay:
                return image_io::writeImage(
                    path, image_io::overlay(image, asHeatmap(mask), distinctColour(number), kOverlayOpacity),
                    texts(label));
            case Kind::cutout: {
                Heatmap alpha = map;
                for (float& value : alpha.pixels) {
                    value = std::clamp((value - threshold_) / (2 * kCutoutSoftness) + 0.5f, 0.0f, 1.0f);
                }
                return image_io::writeCutout(path, image, alpha, texts(label));
            }
        }
        return {};
    }

    [[nodiscard]] image_io::Texts texts(const std::string& label) const {
        return {{"phrase", label},
                {"model", engine_->info().name},
                {"threshold", plainNumber(exactThreshold_)},
                {"version", MASKWRIGHT_VERSION},
                {"Software", std::string("Maskwright ") + MASKWRIGHT_VERSION}};
    }

    const SegmentArguments& a_;
    std::stop_token stop_;
    std::vector<std::string> inputs_, labels_;
    std::vector<std::pair<std::string, Error>> badFolders_;
    std::vector<std::vector<std::string>> files_;
    std::vector<std::string> arrays_;
    std::vector<session::Prompt> prompts_;
    image_io::ReadOptions read_;
    std::unique_ptr<session::Engine> engine_;
    double exactThreshold_ = 0.5;  // as it was given
    float threshold_ = 0.5f;
    SegmentReport report_{a_.json, a_.rank};
    std::set<std::string> warned_;
};

}  // namespace

int runSegment(const SegmentArguments& arguments, const std::stop_token& stop) {
    return Segmenter(arguments, stop).run();
}

}  // namespace maskwright::cli
