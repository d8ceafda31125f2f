#include "core/batch/project_runner.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <new>
#include <optional>
#include <set>

#include "core/base/made_folders.h"
#include "core/base/sha256.h"
#include "core/image/refine.h"
#include "core/output/write.h"
#include "core/project/mask.h"

namespace maskwright::batch {

namespace fs = std::filesystem;
using project::Row;

namespace {

Result<void> checkSize(const Image& image, const project::PictureFile& file) {
    if (image.width != file.width || image.height != file.height) {
        return Error{ErrorKind::input,
                     message("%1 has %2x%3 pixels, in the project it has %4x%5", quoted(file.path), image.width,
                             image.height, file.width, file.height),
                     "put the picture back that the project was made with"};
    }
    return {};
}

// A row's answer before and after the others and the corrections.
struct Found {
    Heatmap map;
    double threshold = 0;
    float presence = 1;
    session::Words words;
};

class ProjectRun {
  public:
    ProjectRun(const project::Project& project, const ProjectRequest& request, const ProjectModel& model,
               const std::stop_token& stop)
        : project_(project), request_(request), model_(model), stop_(stop) {}

    Result<void> all(const ProjectPlan& plan, const HearPicture& hear) {
        std::optional<output::AnnotationWriter> writer;
        MadeFolders folders;
        if (request_.annotations) {
            auto created = output::AnnotationWriter::create(*request_.annotations, request_.output, plan.names);
            if (!created) {
                return created.error();
            }
            writer.emplace(std::move(*created));
        }
        if (model_.segmenter != nullptr) {
            const auto opened = model_.segmenter->open(stop_);
            if (!opened) {
                return opened.error();
            }
        }
        for (std::size_t i = 0; i < plan.pictures.size(); ++i) {
            if (stop_.stop_requested()) {
                return Error{ErrorKind::cancelled, "stopped", ""};
            }
            work_ = &plan.pictures[i];
            index_ = i;
            for (const std::string& output : work_->outputs) {
                MASKWRIGHT_TRY(folders.make(fs::path(output).parent_path()));
            }
            PictureOutcome outcome = picture();
            outcome.index = i;
            if (writer && !outcome.error) {
                annotate(*writer, plan.names[i], outcome);
            }
            if (stop_.stop_requested()) {
                return Error{ErrorKind::cancelled, "stopped", ""};
            }
            hear(outcome);
        }
        return writer ? writer->finish() : Result<void>();
    }

  private:
    PictureOutcome picture() {
        PictureOutcome outcome;
        masks_.clear();
        try {
            if (const auto done = open(outcome); !done) {
                outcome.error = done.error();
                return outcome;
            }
            for (const project::RowPtr& row : work_->rows) {
                RowOutcome& one = outcome.rows.emplace_back();
                one.row = row->id;
                one.label = row->label();
            }
            winners_ = work_->contest.empty() ? project::Winners() : contest(outcome);
            for (std::size_t k = 0; k < work_->rows.size(); ++k) {
                if (outcome.rows[k].error) {
                    continue;
                }
                if (const auto done = row(k, outcome); !done) {
                    outcome.rows[k].error = done.error();
                }
            }
            if (request_.kind == output::Kind::index && !request_.annotations) {
                writeIndex(outcome);
            }
        } catch (const std::bad_alloc&) {
            outcome.error = Error{ErrorKind::resource, message("not enough memory for %1", work_->picture->file.path),
                                  "close other programs or reduce the picture"};
        } catch (const std::exception& error) {
            outcome.error =
                Error{ErrorKind::resource, message("stopped by an unexpected failure: %1", error.what()), ""};
        }
        return outcome;
    }

    Result<void> open(PictureOutcome& outcome) {
        const project::PictureFile& file = work_->picture->file;
        auto read = image_io::read(file.path, request_.read);
        if (!read) {
            return read.error();
        }
        MASKWRIGHT_TRY(checkSize(read->image, file));
        warnOfChange(file, outcome);
        image_ = std::make_shared<const Image>(std::move(read->image));
        alpha_ = std::move(read->alpha);
        outcome.warnings.insert(outcome.warnings.end(), read->warnings.begin(), read->warnings.end());
        return {};
    }

    // Once a file: it may be read again for other rows.
    void warnOfChange(const project::PictureFile& file, PictureOutcome& outcome) {
        const auto hash = sha256File(file.path);
        if (hash && *hash != file.sha256 && told_.insert(file.path).second) {
            outcome.warnings.push_back(message("%1 was changed since the project was saved", quoted(file.path)));
        }
    }

    project::Winners contest(PictureOutcome& outcome) {
        project::Contest contest(image_->width, image_->height);
        for (const project::RowPtr& rival : work_->contest) {
            if (const auto found = answer(*rival, outcome)) {
                contest.add(numberOf(rival), found->map, found->threshold);
            } else {
                for (RowOutcome& row : outcome.rows) {
                    if (row.row == rival->id) {
                        row.error = found.error();
                    }
                }
            }
        }
        return std::move(contest).winners();
    }

    // In the contest, from 1.
    [[nodiscard]] std::uint16_t numberOf(const project::RowPtr& row) const {
        const auto& all = work_->contest;
        return static_cast<std::uint16_t>(std::find(all.begin(), all.end(), row) - all.begin() + 1);
    }

    Result<void> row(std::size_t k, PictureOutcome& picture) {
        RowOutcome& outcome = picture.rows[k];
        const Row& row = *work_->rows[k];
        auto found = answer(row, picture);
        if (!found) {
            return found.error();
        }
        if (!winners_.empty()) {
            const auto lost = static_cast<float>(found->threshold);
            project::giveWay(found->map, lost, winners_, numberOf(work_->rows[k]));
        }
        project::correct(found->map, row.correction);
        const Mask mask = threshold(found->map, static_cast<float>(found->threshold));
        outcome.presence = found->presence;
        outcome.threshold = found->threshold;
        outcome.words = found->words;
        outcome.area = area(mask);
        outcome.box = boundingBox(mask);
        if (request_.annotations || request_.kind == output::Kind::index) {
            outcome.leftOut = request_.annotations && outcome.area == 0;
            masks_[k] = runsFromMask(mask);
            return {};
        }
        outcome.leftOut = outcome.area == 0 && mayLeaveOut(work_->outputs[k]);
        if (outcome.leftOut) {
            return {};
        }
        output::Request one = common();
        one.map = &found->map;
        one.appearance = appearanceOf(row, found->threshold);
        one.number = k;
        one.labels = {outcome.label};
        MASKWRIGHT_TRY(output::write(work_->outputs[k], one));
        outcome.output = work_->outputs[k];
        return {};
    }

    [[nodiscard]] bool mayLeaveOut(const std::string& path) const {
        return !request_.keepEmpty && output::mayBeEmpty(request_.kind) && thereAlready({path}).empty();
    }

    void writeIndex(PictureOutcome& outcome) {
        Plane<std::uint8_t> numbers(image_->width, image_->height);
        output::Request all = common();
        for (std::size_t k = 0; k < work_->rows.size(); ++k) {
            all.labels.push_back(outcome.rows[k].label);
            if (const auto mask = masks_.find(k); mask != masks_.end()) {
                drawInto(mask->second, numbers, static_cast<std::uint8_t>(k + 1));
            }
        }
        all.winners = &numbers;
        if (masks_.empty()) {
            return;
        }
        const auto written = output::write(work_->outputs.front(), all);
        for (RowOutcome& row : outcome.rows) {
            if (!row.error && !written) {
                row.error = written.error();
            } else if (!row.error) {
                row.output = work_->outputs.front();
            }
        }
    }

    void annotate(output::AnnotationWriter& writer, const std::string& name, PictureOutcome& outcome) {
        output::AnnotatedPicture picture{work_->picture->file.path, name, image_->width, image_->height, {}};
        for (auto& [k, runs] : masks_) {
            picture.objects.push_back({outcome.rows[k].label, std::move(runs), outcome.rows[k].presence});
        }
        const auto file = writer.add(picture);
        if (file && request_.annotations->format != output::Format::coco) {
            outcome.annotations = *file;
        }
        for (RowOutcome& row : outcome.rows) {
            if (!row.error && !file) {
                row.error = file.error();
            } else if (!row.error) {
                row.output = *file;
            }
        }
    }

    [[nodiscard]] output::Request common() const {
        output::Request request;
        request.kind = request_.kind;
        request.picture = image_.get();
        if (!alpha_.empty()) {
            request.transparency = {&alpha_, request_.read.background};
        }
        request.model = model_.name;
        return request;
    }

    [[nodiscard]] output::Appearance appearanceOf(const Row& row, double threshold) const {
        output::Appearance appearance;
        appearance.threshold = threshold;
        appearance.colour = row.colour;
        appearance.opacity = project_.settings.overlayOpacity;
        appearance.cutoutEdge = project_.settings.hardEdges ? output::CutoutEdge::hard : output::CutoutEdge::soft;
        return appearance;
    }

    Result<Found> answer(const Row& row, PictureOutcome& outcome) {
        if (row.object) {
            return Found{project::mapOf(*row.object), project::kObjectThreshold, 1, {}};
        }
        if (!row.asks()) {
            return Error{ErrorKind::input, "the row has neither a phrase nor an example",
                         "say what to look for, or remove the row"};
        }
        if (model_.segmenter == nullptr) {
            return model_.missing;
        }
        auto prompt = promptOf(row, outcome);
        if (!prompt) {
            return prompt.error();
        }
        Request asked;
        asked.prompts = {std::move(*prompt)};
        asked.labels = {row.label()};
        asked.encode = {project_.settings.size, project_.settings.keepAspect};
        asked.refine = row.refine;
        asked.refineRadius = row.refineRadius;
        std::optional<Found> found;
        const Give give = [&](Answer given) -> Result<void> {
            if (given.map && given.map->width == image_->width && given.map->height == image_->height) {
                found = Found{*given.map, 0, given.presence, std::move(given.words)};
            }
            return {};
        };
        MASKWRIGHT_TRY(model_.segmenter->segment(index_, image_, asked, give, stop_));
        if (!found) {
            return Error{ErrorKind::resource, "the engine gave no mask", ""};
        }
        found->threshold = project::thresholdOf(row.threshold, found->map, model_.threshold);
        return std::move(*found);
    }

    Result<session::Prompt> promptOf(const Row& row, PictureOutcome& outcome) {
        const project::Question& question = row.question;
        session::Prompt prompt;
        prompt.phrase = question.phrase;
        prompt.mix = question.mix;
        prompt.negativePhrase = question.negativePhrase;
        prompt.negativeWeight = question.negativeWeight;
        prompt.compete = question.compete;
        for (const project::ExamplePtr& example : row.examples) {
            if (!example->enabled) {
                continue;
            }
            auto image = exampleImage(example->picture, outcome);
            if (!image) {
                return image.error();
            }
            auto region = std::make_shared<const Mask>(toMask(*example->region));
            auto& list = example->negative ? prompt.negativeRegions : prompt.regions;
            list.push_back({std::move(*image), std::move(region), question.style, example->weight});
        }
        return prompt;
    }

    // The picture in hand, or another; the last few are kept.
    Result<std::shared_ptr<const Image>> exampleImage(const project::PictureFile& file, PictureOutcome& outcome) {
        const project::PictureFile& inHand = work_->picture->file;
        if (file.path == inHand.path && file.sha256 == inHand.sha256) {
            return image_;
        }
        if (const auto known = examples_.find(file.sha256); known != examples_.end()) {
            return known->second;
        }
        auto read = image_io::read(file.path, request_.read);
        if (!read) {
            return read.error();
        }
        MASKWRIGHT_TRY(checkSize(read->image, file));
        warnOfChange(file, outcome);
        constexpr std::size_t kMostKept = 8;
        if (examples_.size() >= kMostKept) {
            examples_.clear();
        }
        return examples_[file.sha256] = std::make_shared<const Image>(std::move(read->image));
    }

    const project::Project& project_;
    const ProjectRequest& request_;
    const ProjectModel& model_;
    const std::stop_token& stop_;
    const PictureWork* work_ = nullptr;
    std::size_t index_ = 0;
    std::shared_ptr<const Image> image_;
    Mask alpha_;
    project::Winners winners_;                                      // where rows share no pixel
    std::map<std::size_t, Runs> masks_;                             // by the row's number, for files that hold several
    std::map<std::string, std::shared_ptr<const Image>> examples_;  // by the hash that the project has
    std::set<std::string> told_;                                    // files that were changed, which were said
};

}  // namespace

Result<void> runProject(const project::Project& project, const ProjectPlan& plan, const ProjectRequest& request,
                        const ProjectModel& model, const HearPicture& hear, const std::stop_token& stop) {
    return ProjectRun(project, request, model, stop).all(plan, hear);
}

}  // namespace maskwright::batch
