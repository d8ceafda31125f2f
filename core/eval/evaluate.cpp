#include "core/eval/evaluate.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/stopwatch.h"
#include "core/eval/asker.h"
#include "core/eval/certainty.h"
#include "core/eval/photos.h"
#include "core/eval/protocols/one_shot.h"
#include "core/eval/protocols/phrases.h"
#include "core/image/refine.h"
#include "core/text/wording.h"

namespace maskwright::eval {
namespace {

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

Result<std::vector<Question>> questionsOf(const EvaluateOptions& options, const std::vector<Name>& names,
                                          const data::DataSet& set) {
    if (options.supportSplit.empty()) {
        return phraseQuestions(names, options.prompt);
    }
    return oneShotQuestions(names, set,
                            {options.data, options.supportSplit, options.style, options.mix, options.seed,
                             options.prompt, options.strict, options.exifAsStored});
}

// One run: a model, pictures, questions, and what the answers have come to so far.
class Evaluation {
  public:
    Evaluation(const EvaluateOptions& options, const Photos& photos, Asker& asker, std::vector<Question> questions,
               std::vector<Wording> wordings, std::stop_token stop)
        : options_(options),
          photos_(photos),
          set_(photos.set),
          asker_(asker),
          questions_(std::move(questions)),
          wordings_(std::move(wordings)),
          stop_(std::move(stop)),
          certainty_(set_),
          besides_(besides(options, asker.info().defaultThreshold)),
          totals_(questions_.size(), besides_) {
        report_.model = asker.info().name;
        report_.folder = asker.info().folder;
        report_.data = options.data;
        report_.split = options.split;
        if (!options.supportSplit.empty()) {
            report_.examples = options.supportSplit;
            report_.style = options.style;
            report_.mix = options.mix;
        }
        report_.size = asker.size();
        report_.defaultThreshold = asker.info().defaultThreshold;
        report_.thresholds = options.thresholds;
        report_.atPhantom = options.atPhantom;
        report_.extremes = Extremes(options.sheetRows);
        for (const std::string& kind : options.wordings.kinds) {
            report_.wordings.push_back({kind});
        }
        for (const Wording& wording : wordings_) {
            ++report_.wordings[wording.kind].phrases;
        }
    }

    // How many times the pictures are asked for something, and for something that is there.
    struct Asked {
        std::size_t all = 0, present = 0;
    };
    [[nodiscard]] Asked asked() const {
        Asked count;
        for (const std::size_t index : photos_.chosen) {
            const data::Photo& photo = set_.photos[index];
            for (const std::size_t question : questionsFor(photo)) {
                ++count.all;
                count.present += set_.holds(photo, questions_[question].name.category) ? 1 : 0;
            }
        }
        return count;
    }

    // The model's view of every question, once for all pictures; the wordings come after the questions.
    Result<void> prepare() {
        for (const Question& question : questions_) {
            const auto prompt = question.prompt();
            if (!prompt) {
                return prompt.error();
            }
            const auto added = asker_.add(*prompt, stop_);
            if (!added) {
                return added.error();
            }
            if (!asker_.knows(*added)) {
                report_.unknown.push_back(question.name.text);
            }
        }
        for (const Wording& wording : wordings_) {
            session::Prompt prompt;
            prompt.phrase = text::worded(options_.prompt, wording.name.text);
            if (const auto added = asker_.add(prompt, stop_); !added) {
                return added.error();
            }
        }
        return {};
    }

    Result<void> picture(std::size_t index) {
        const data::Photo& photo = set_.photos[index];
        std::vector<std::size_t> asked = questionsFor(photo);
        if (asked.empty()) {
            return {};
        }
        const auto image = data::readPhoto(set_, photo);
        if (!image) {
            return image.error();
        }
        ++report_.pictures;
        for (std::size_t k = 0; k < wordings_.size(); ++k) {
            if (set_.holds(photo, wordings_[k].name.category)) {
                asked.push_back(questions_.size() + k);
            }
        }
        std::vector<Shown> shown;
        masks_.clear();
        const auto take = [&](std::size_t k, const Found& found) -> Result<void> {
            const Heatmap map = toPictureSize(found.map, *image, options_.refine);
            if (asked[k] < questions_.size()) {
                judge(index, asked[k], map, found.presence, shown);
            } else {
                compare(photo, wordings_[asked[k] - questions_.size()], map);
            }
            return {};
        };
        MASKWRIGHT_TRY(asker_.ask(*image, asked, take, stop_));
        report_.extremes.add(std::move(shown));
        return {};
    }

    Report report() && {
        for (const Question& question : questions_) {
            report_.names.push_back(question.name.text);
        }
        for (WordingFigures& one : report_.wordings) {
            one.iou /= std::max<double>(1, static_cast<double>(one.asked));
            one.namesIou /= std::max<double>(1, static_cast<double>(one.asked));
        }
        report_.encodeMilliseconds = asker_.encodeMilliseconds();
        report_.decodeMilliseconds = asker_.decodeMilliseconds();
        report_.summary = totals_.summary();
        report_.calibration = metrics::calibration(said_);
        return std::move(report_);
    }

  private:
    [[nodiscard]] std::vector<std::size_t> questionsFor(const data::Photo& photo) const {
        std::vector<std::size_t> asked;
        for (std::size_t k = 0; k < questions_.size(); ++k) {
            // A picture is not searched for what was marked in it.
            if (questions_[k].example != photo.file && certainty_.knows(photo, questions_[k].name.category)) {
                asked.push_back(k);
            }
        }
        return asked;
    }

    void judge(std::size_t index, std::size_t question, const Heatmap& map, double presence,
               std::vector<Shown>& shown) {
        const data::Photo& photo = set_.photos[index];
        const Name& name = questions_[question].name;
        const bool present = set_.holds(photo, name.category);
        const Mask truth = present ? data::maskOf(set_, photo, name.category) : Mask();
        const metrics::Counts counts = metrics::count(map, truth, besides_);
        totals_.add(question, present, counts);
        const std::size_t t = totals_.indexOf(report_.defaultThreshold);
        said_.push_back({presence, counts.hit[t] + counts.extra[t] > 0, present, counts.iouAt(t)});
        const bool shows = present && options_.sheetRows > 0;
        if (!shows && wordings_.empty()) {
            return;
        }
        Runs mask = runsFromMask(threshold(map, static_cast<float>(totals_.thresholdAt(t))));
        if (!wordings_.empty()) {
            masks_[question] = mask;
        }
        if (shows) {
            shown.push_back({index, set_.pathOf(photo), photo.file, name.text, counts.iouAt(t), runsFromMask(truth),
                             std::move(mask)});
        }
    }

    // Other words, asked after the names that say the same.
    void compare(const data::Photo& photo, const Wording& wording, const Heatmap& map) {
        const Mask truth = data::maskOf(set_, photo, wording.name.category);
        Mask names(photo.width, photo.height);
        for (const std::size_t question : wording.of) {
            if (const auto found = masks_.find(question); found != masks_.end()) {
                drawInto(found->second, names);
            }
        }
        const std::size_t t = totals_.indexOf(report_.defaultThreshold);
        WordingFigures& figures = report_.wordings[wording.kind];
        ++figures.asked;
        figures.iou += iou(threshold(map, static_cast<float>(totals_.thresholdAt(t))), truth);
        figures.namesIou += iou(names, truth);
    }

    const EvaluateOptions& options_;
    const Photos& photos_;
    const data::DataSet& set_;
    Asker& asker_;
    std::vector<Question> questions_;
    std::vector<Wording> wordings_;
    std::stop_token stop_;
    Certainty certainty_;
    std::vector<double> besides_;
    metrics::Totals totals_;
    std::vector<metrics::Said> said_;
    std::map<std::size_t, Runs> masks_;  // of the picture in hand, by question
    Report report_;
};

// Leaves the pictures that show one of the names.
Result<void> keepShowing(Photos& photos, const std::vector<Name>& names) {
    const data::DataSet& set = photos.set;
    const std::size_t before = photos.chosen.size();
    std::erase_if(photos.chosen, [&](std::size_t index) {
        return std::none_of(names.begin(), names.end(),
                            [&](const Name& name) { return set.holds(set.photos[index], name.category); });
    });
    if (photos.chosen.empty()) {
        return data::unusable(set, message("none of its %1 pictures shows what is asked for", before),
                              "ask for names that are annotated, or take more pictures");
    }
    return {};
}

// No figure is made of nothing.
Result<void> checkAsked(const Evaluation::Asked& asked, const Photos& photos, const EvaluateOptions& options) {
    const data::DataSet& set = photos.set;
    const std::size_t pictures = photos.chosen.size();
    if (asked.all == 0) {
        return data::unusable(
            set, message("nothing is asked of its %1 pictures: no name is surely there or surely not", pictures),
            "ask for names that are annotated, take more pictures, or look into coco80.json");
    }
    if (options.needsPresent && asked.present == 0) {
        return data::unusable(
            set, message("no object that is asked for is in its %1 pictures, so there is no threshold", pictures),
            "ask for names that are annotated, or take more pictures");
    }
    return {};
}

}  // namespace

Result<Report> evaluate(const EvaluateOptions& options, const ProgressSink& progress, std::stop_token stop) {
    const Stopwatch watch;
    MASKWRIGHT_TRY(checkMeasuring(options));
    auto photos = readPhotos(options);
    if (!photos) {
        return photos.error();
    }
    const data::DataSet& set = photos->set;
    if (set.annotations.empty()) {
        return data::unusable(set,
                              message("none of its %1 pictures has an annotation to measure with", set.photos.size()),
                              "annotate objects with polygons or runs, or name another split");
    }
    const auto names = namesOf(set, options.phrases);
    if (!names) {
        return names.error();
    }
    if (options.showing) {
        MASKWRIGHT_TRY(keepShowing(*photos, *names));
    }
    auto wordings = wordingsOf(set, *names, options.wordings);
    if (!wordings) {
        return wordings.error();
    }
    auto asker = Asker::open(options);
    if (!asker) {
        return asker.error();
    }
    auto questions = questionsOf(options, *names, set);
    if (!questions) {
        return questions.error();
    }
    Evaluation evaluation(options, *photos, *asker, std::move(*questions), std::move(*wordings), stop);
    MASKWRIGHT_TRY(checkAsked(evaluation.asked(), *photos, options));
    MASKWRIGHT_TRY(evaluation.prepare());
    warnOfOddities(options, set);
    const std::size_t total = photos->chosen.size();
    const auto say = [&](std::size_t done, const std::string& file) {
        if (progress) {
            progress({static_cast<std::int64_t>(done), static_cast<std::int64_t>(total), file});
        }
    };
    for (std::size_t i = 0; i < total; ++i) {
        if (stop.stop_requested()) {
            return Error{ErrorKind::cancelled, "the evaluation was stopped", ""};
        }
        say(i, set.photos[photos->chosen[i]].file);
        MASKWRIGHT_TRY(evaluation.picture(photos->chosen[i]));
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
