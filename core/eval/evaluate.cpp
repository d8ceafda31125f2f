#include "core/eval/evaluate.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/stopwatch.h"
#include "core/data/formats/coco.h"
#include "core/eval/protocols/one_shot.h"
#include "core/eval/protocols/phrases.h"
#include "core/image/refine.h"
#include "core/session/clipseg_method.h"

namespace maskwright::eval {
namespace {

constexpr std::size_t kChunk = 20;  // phrases decoded at a time

// What is measured besides the fixed thresholds.
std::vector<double> besides(const EvaluateOptions& options, double defaultThreshold) {
    std::vector<double> wanted = {defaultThreshold}, values;
    wanted.insert(wanted.end(), options.thresholds.begin(), options.thresholds.end());
    for (const double value : wanted) {
        const bool fixed = std::abs(metrics::thresholdAt(metrics::nearestThreshold(value)) - value) < 1e-9;
        if (!fixed && std::find(values.begin(), values.end(), value) == values.end()) {
            values.push_back(value);
        }
    }
    return values;
}

Result<std::vector<Question>> questionsOf(const EvaluateOptions& options, const data::DataSet& set) {
    const auto names = namesOf(set, options.phrases);
    if (!names) {
        return names.error();
    }
    if (options.supportSplit.empty()) {
        return phraseQuestions(*names, options.prompt);
    }
    return oneShotQuestions(*names, set,
                            {options.data, options.supportSplit, options.style, options.mix, options.seed,
                             options.prompt, options.strict, options.exifAsStored});
}

// One run: a model, a data set, questions, and what the answers have come to so far.
class Evaluation {
  public:
    Evaluation(const EvaluateOptions& options, const data::DataSet& set, session::ClipSegMethod& clipseg,
               std::vector<Question> questions, std::stop_token stop)
        : options_(options),
          set_(set),
          clipseg_(clipseg),
          questions_(std::move(questions)),
          stop_(std::move(stop)),
          besides_(besides(options, clipseg.info().defaultThreshold)),
          totals_(questions_.size(), besides_),
          closed_(set.categories.size(), 0) {
        for (const std::size_t category : set.closed) {
            closed_[category] = 1;
        }
        report_.model = clipseg.info().name;
        report_.folder = clipseg.info().folder;
        report_.data = options.data;
        report_.split = options.split;
        if (!options.supportSplit.empty()) {
            report_.examples = options.supportSplit;
            report_.style = options.style;
            report_.mix = options.mix;
        }
        report_.size = options.size > 0 ? options.size : clipseg.capabilities().inputSize;
        report_.defaultThreshold = clipseg.info().defaultThreshold;
        report_.thresholds = options.thresholds;
        report_.extremes = Extremes(options.sheetRows);
    }

    // How many times the pictures are asked for something, and for something that is there.
    struct Asked {
        std::size_t all = 0, present = 0;
    };
    [[nodiscard]] Asked asked() const {
        Asked count;
        for (const data::Photo& photo : set_.photos) {
            for (const std::size_t question : askedOf(photo)) {
                ++count.all;
                count.present += set_.holds(photo, questions_[question].name.category) ? 1 : 0;
            }
        }
        return count;
    }

    // The model's view of every question, once for all pictures.
    Result<void> prepare() {
        for (const Question& question : questions_) {
            const auto prompt = question.prompt();
            if (!prompt) {
                return prompt.error();
            }
            auto condition = clipseg_.condition(*prompt, stop_);
            if (!condition) {
                return condition.error();
            }
            conditions_.push_back(std::move(*condition));
        }
        return {};
    }

    Result<void> picture(std::size_t index) {
        const data::Photo& photo = set_.photos[index];
        const std::vector<std::size_t> asked = askedOf(photo);
        if (asked.empty()) {
            return {};
        }
        const auto image = data::readPhoto(set_, photo);
        if (!image) {
            return image.error();
        }
        session::EncodeOptions encode;
        encode.size = options_.size;
        const auto encoded = clipseg_.encode(*image, encode, stop_);
        if (!encoded) {
            return encoded.error();
        }
        report_.encodeMilliseconds += encoded->milliseconds;
        ++report_.pictures;
        std::vector<Shown> shown;
        for (std::size_t from = 0; from < asked.size(); from += kChunk) {
            const std::span<const std::size_t> some =
                std::span(asked).subspan(from, std::min(kChunk, asked.size() - from));
            const auto maps = probabilities(*encoded, some);
            if (!maps) {
                return maps.error();
            }
            for (std::size_t k = 0; k < some.size(); ++k) {
                judge(index, some[k], toPictureSize((*maps)[k], *image, options_.refine), shown);
            }
        }
        report_.extremes.add(std::move(shown));
        return {};
    }

    Report report() && {
        for (const Question& question : questions_) {
            report_.names.push_back(question.name.text);
        }
        report_.encodeMilliseconds /= std::max<double>(1, static_cast<double>(report_.pictures));
        report_.decodeMilliseconds /= std::max<double>(1, static_cast<double>(decoded_));
        report_.summary = totals_.summary();
        return std::move(report_);
    }

  private:
    [[nodiscard]] std::vector<std::size_t> askedOf(const data::Photo& photo) const {
        std::vector<std::size_t> asked;
        for (std::size_t k = 0; k < questions_.size(); ++k) {
            const std::size_t category = questions_[k].name.category;
            const bool certain =
                closed_[category] != 0 && photo.coverage != data::Coverage::listed && !set_.unsure(photo, category);
            // A picture is not searched for what was marked in it.
            if (questions_[k].example != photo.file && (certain || set_.holds(photo, category))) {
                asked.push_back(k);
            }
        }
        return asked;
    }

    // At the head's resolution, one a question: as `segment` makes its masks.
    Result<std::vector<Heatmap>> probabilities(const session::Encoded& picture, std::span<const std::size_t> some) {
        std::vector<session::Condition> conditions;
        for (const std::size_t k : some) {
            conditions.push_back(conditions_[k]);
        }
        const Stopwatch watch;
        auto logits = clipseg_.decode(picture, conditions, session::Resolution::head);
        if (!logits) {
            return logits.error();
        }
        report_.decodeMilliseconds += watch.milliseconds();
        decoded_ += static_cast<std::int64_t>(some.size());
        std::vector<Heatmap> maps;
        for (const session::Logits& one : *logits) {
            maps.push_back(clipseg_.ofWholePicture(picture, session::probability(one.values)));
        }
        return maps;
    }

    void judge(std::size_t index, std::size_t question, const Heatmap& map, std::vector<Shown>& shown) {
        const data::Photo& photo = set_.photos[index];
        const Name& name = questions_[question].name;
        const bool present = set_.holds(photo, name.category);
        const Mask truth = present ? data::maskOf(set_, photo, name.category) : Mask();
        const metrics::Counts counts = metrics::count(map, truth, besides_);
        totals_.add(question, present, counts);
        if (present && options_.sheetRows > 0) {
            const std::size_t t = totals_.indexOf(report_.defaultThreshold);
            const Mask mask = threshold(map, static_cast<float>(totals_.thresholdAt(t)));
            shown.push_back({index, set_.pathOf(photo), photo.file, name.text, counts.iouAt(t), runsFromMask(truth),
                             runsFromMask(mask)});
        }
    }

    const EvaluateOptions& options_;
    const data::DataSet& set_;
    session::ClipSegMethod& clipseg_;
    std::vector<Question> questions_;
    std::stop_token stop_;
    std::vector<double> besides_;
    metrics::Totals totals_;
    std::vector<char> closed_;  // by category
    std::vector<session::Condition> conditions_;
    std::int64_t decoded_ = 0;
    Report report_;
};

// No figure is made of nothing.
Result<void> checkAsked(const Evaluation::Asked& asked, const data::DataSet& set, const EvaluateOptions& options) {
    if (asked.all == 0) {
        return data::unusable(
            set,
            message("nothing is asked of its %1 pictures: no name is surely there or surely not", set.photos.size()),
            "ask for names that are annotated, take more pictures, or look into coco80.json");
    }
    if (options.needsPresent && asked.present == 0) {
        return data::unusable(
            set,
            message("no object that is asked for is in its %1 pictures, so there is no threshold", set.photos.size()),
            "ask for names that are annotated, or take more pictures");
    }
    return {};
}

}  // namespace

Result<Report> evaluate(const EvaluateOptions& options, const ProgressSink& progress, std::stop_token stop) {
    const Stopwatch watch;
    for (const double value : options.thresholds) {
        if (!(value >= 0 && value <= 1)) {
            return Error{ErrorKind::usage, "a threshold is outside 0 to 1", "give probabilities"};
        }
    }
    if (options.prompt.find("{}") == std::string::npos) {
        return Error{ErrorKind::usage, message("the wording %1 has no {} for the phrase", quoted(options.prompt)),
                     "e.g. \"a photo of a {}.\""};
    }
    auto set = data::readCoco(options.data, options.split, {options.strict, options.exifAsStored, options.pictures});
    if (!set) {
        return set.error();
    }
    if (set->annotations.empty()) {
        return data::unusable(*set,
                              message("none of its %1 pictures has an annotation to measure with", set->photos.size()),
                              "annotate objects with polygons or runs, or name another split");
    }
    set->warnings = std::make_shared<data::PhotoWarnings>(options.warn);
    const auto engine = session::Engine::open(options.engine);
    if (!engine) {
        return engine.error();
    }
    const auto clipseg = session::needClipSeg(**engine);
    if (!clipseg) {
        return clipseg.error();
    }
    auto questions = questionsOf(options, *set);
    if (!questions) {
        return questions.error();
    }
    Evaluation evaluation(options, *set, **clipseg, std::move(*questions), stop);
    MASKWRIGHT_TRY(checkAsked(evaluation.asked(), *set, options));
    MASKWRIGHT_TRY(evaluation.prepare());
    if (options.warn && !set->oddities.empty()) {
        options.warn(message("%1: %2", set->file, set->oddities));
    }
    const std::size_t total = set->photos.size();
    const auto say = [&](std::size_t done, const std::string& file) {
        if (progress) {
            progress({static_cast<std::int64_t>(done), static_cast<std::int64_t>(total), file});
        }
    };
    for (std::size_t i = 0; i < total; ++i) {
        if (stop.stop_requested()) {
            return Error{ErrorKind::cancelled, "the evaluation was stopped", ""};
        }
        say(i, set->photos[i].file);
        MASKWRIGHT_TRY(evaluation.picture(i));
    }
    say(total, "");
    Report report = std::move(evaluation).report();
    report.seconds = watch.milliseconds() / 1000;
    return report;
}

Result<void> recordThreshold(const std::string& folder, double value) {
    const std::string file = (std::filesystem::path(folder) / "config.json").string();
    auto json = readJsonFile(file, ErrorKind::weights);
    if (!json) {
        return json.error();
    }
    if (!json->is_object()) {
        return Error{ErrorKind::weights, message("%1: the top level is not an object", file),
                     "take the config.json of a model folder"};
    }
    (*json)["default_threshold"] = value;
    return writeFileAtomically(file, json->dump(2) + "\n");
}

}  // namespace maskwright::eval
