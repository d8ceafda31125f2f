#include "core/session/segmenter_source.h"

#include <filesystem>

#include "core/base/json.h"
#include "core/base/stopwatch.h"
#include "core/nn/device.h"
#include "core/segmenters/convert.h"
#include "core/segmenters/segmenter.h"
#include "core/session/translate.h"
#include "core/store/licence.h"

namespace maskwright::session {

namespace {

namespace fs = std::filesystem;

using Open = Result<std::unique_ptr<segmenters::Segmenter>> (*)(const std::string&, at::Device, at::ScalarType,
                                                                const SegmenterGrid&);

Result<std::unique_ptr<segmenters::Segmenter>> openSolo(const std::string& folder, at::Device device,
                                                        at::ScalarType dtype, const SegmenterGrid& /*grid*/) {
    return segmenters::openSolo(folder, device, dtype);
}

Result<std::unique_ptr<segmenters::Segmenter>> openSam(const std::string& folder, at::Device device,
                                                       at::ScalarType dtype, const SegmenterGrid& grid) {
    return segmenters::openSam(folder, device, dtype, grid.pointsPerSide, grid.smallest);
}

// A kind: its name here, its model_type, and how it is opened.
struct Kind {
    const char* name;
    const char* modelType;
    Open open;
};
constexpr Kind kKinds[] = {{"sam", "sam", openSam}, {"solo", "solov2", openSolo}};

Message whatIs(const std::string& kind, const std::string& name, int points) {
    return kind == "sam" ? message("what %1 finds under a grid of %2 x %2 points, whatever it is", name, points)
                         : message("what %1 finds in the cells of its grids, whatever it is", name);
}

class Found final : public SegmenterSource {
  public:
    Found(std::unique_ptr<segmenters::Segmenter> segmenter, SegmenterInfo info, proposals::Limits limits)
        : segmenter_(std::move(segmenter)), info_(std::move(info)), limits_(limits) {}

    [[nodiscard]] const SegmenterInfo& info() const override { return info_; }
    [[nodiscard]] proposals::About about() const override { return {info_.kind, info_.what, info_.licence}; }

    [[nodiscard]] bool resumes() const override { return segmenter_->facts().resumes; }

    Result<proposals::Found> propose(const Image& picture, std::stop_token stop) override {
        if (picture.empty()) {
            return Error{ErrorKind::input, "the picture has no pixels", "open another picture"};
        }
        return guarded("looking for the things in the picture", [&]() -> Result<proposals::Found> {
            const Stopwatch watch;
            segmenters::Candidates candidates = segmenter_->find(picture, stop);
            proposals::Found found;
            for (segmenters::Candidate& one : candidates.all) {
                found.proposals.push_back(proposals::proposalOf(std::move(one.runs), one.score));
            }
            found.proposals = proposals::ranked(std::move(found.proposals), limits_);
            found.before = candidates.before;
            found.milliseconds = watch.milliseconds();
            return found;
        });
    }

  private:
    std::unique_ptr<segmenters::Segmenter> segmenter_;
    SegmenterInfo info_;
    proposals::Limits limits_;
};

}  // namespace

std::string segmenterKind(const std::string& folder) {
    const std::string path = (fs::path(folder) / "config.json").string();
    const auto json = readJsonFile(path, ErrorKind::weights);
    if (!json || !json->is_object()) {
        return {};
    }
    const std::string type = JsonReader(*json, path, ErrorKind::weights).string("model_type", "");
    for (const Kind& kind : kKinds) {
        if (type == kind.modelType) {
            return kind.name;
        }
    }
    return {};
}

Result<std::unique_ptr<SegmenterSource>> openSegmenter(const std::string& kind, const EngineOptions& options,
                                                       proposals::Limits limits, const SegmenterGrid& grid) {
    return guarded("loading the model", [&]() -> Result<std::unique_ptr<SegmenterSource>> {
        const Kind* wanted = nullptr;
        for (const Kind& one : kKinds) {
            wanted = kind == one.name ? &one : wanted;
        }
        if (wanted == nullptr) {
            return Error{ErrorKind::usage, message("%1 is no source of proposals and no file", quoted(kind)),
                         "give detector, classical, maps, sam:FOLDER, solo:FOLDER, or the path of a file or folder"};
        }
        const auto device = nn::deviceFromName(options.device);
        if (!device) {
            return device.error();
        }
        const auto dtype = nn::dtypeFromName(options.dtype, *device);
        if (!dtype) {
            return dtype.error();
        }
        nn::setThreads(options.threads, nn::Products::oneDnn);
        auto segmenter = wanted->open(options.model, *device, *dtype, grid);
        if (!segmenter) {
            return segmenter.error();
        }
        SegmenterInfo info;
        info.kind = kind;
        info.folder = options.model;
        fs::path path = fs::path(options.model).lexically_normal();
        info.name = (path.has_filename() ? path : path.parent_path()).filename().string();
        info.device = nn::nameOf(*device);
        info.dtype = nn::nameOf(*dtype);
        info.network = (*segmenter)->facts().network;
        info.parameters = (*segmenter)->facts().parameters;
        info.inputSize = (*segmenter)->facts().inputSize;
        info.what = whatIs(kind, info.name, grid.pointsPerSide);
        info.licence = store::licenceOf(info.folder, info.name);
        return std::unique_ptr<SegmenterSource>(
            std::make_unique<Found>(std::move(*segmenter), std::move(info), limits));
    });
}

Result<bool> holdsSegmenter(const std::string& file) {
    const auto sam = segmenters::holdsSam(file);
    return sam && !*sam ? segmenters::holdsSolo(file) : sam;
}

Result<ConvertedSegmenter> convertSegmenter(const std::string& file, const std::string& outFolder,
                                            std::stop_token stop) {
    return guarded("converting the weights", [&]() -> Result<ConvertedSegmenter> {
        const auto solo = segmenters::holdsSolo(file);
        if (!solo) {
            return solo.error();
        }
        const auto made =
            *solo ? segmenters::convertSolo(file, outFolder, stop) : segmenters::convertSam(file, outFolder, stop);
        if (!made) {
            return made.error();
        }
        return ConvertedSegmenter{made->network, made->inputSize, made->parameters};
    });
}

}  // namespace maskwright::session
