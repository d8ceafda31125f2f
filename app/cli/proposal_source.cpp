#include "app/cli/proposal_source.h"

#include <charconv>
#include <filesystem>

#include "core/proposals/classical.h"
#include "core/proposals/from_file.h"
#include "core/session/clipseg_method.h"
#include "core/session/proposal_sources.h"
#include "core/session/segmenter_source.h"

namespace maskwright::cli {

SegmenterName segmenterNamed(const std::string& source) {
    for (const std::string kind : {"sam", "solo"}) {
        if (source.starts_with(kind + ":")) {
            return {kind, source.substr(kind.size() + 1), {}};
        }
    }
    if (const std::size_t colon = source.find(':'); source.starts_with("sam@") && colon != std::string::npos) {
        return {"sam", source.substr(colon + 1), source.substr(4, colon - 4)};
    }
    return {};
}

namespace {

Result<int> pointsOf(const SegmenterName& named, const SourceOptions& options) {
    if (!named.points) {
        return options.pointsPerSide.value_or(session::kPointsPerSide);
    }
    int points = 0;
    const char* end = named.points->data() + named.points->size();
    const auto [read, failed] = std::from_chars(named.points->data(), end, points);
    if (failed != std::errc() || read != end || points < 1 || points > session::kMostPointsPerSide) {
        return Error{
            ErrorKind::usage,
            message("%1 is no number of points from 1 to %2", quoted(*named.points), session::kMostPointsPerSide),
            "write it as in sam@16:FOLDER"};
    }
    return points;
}

// sam:FOLDER and solo:FOLDER.
Result<std::unique_ptr<proposals::Source>> openSegmenter(const SegmenterName& named, const SourceOptions& options,
                                                         const ModelArguments& model, const proposals::Limits& limits) {
    if (named.folder.empty()) {
        return Error{ErrorKind::usage, message("%1 names no folder", quoted(options.name)),
                     "write it behind the colon"};
    }
    const auto points = pointsOf(named, options);
    if (!points) {
        return points.error();
    }
    auto source = session::openSegmenter(named.kind, {named.folder, model.device, model.dtype, model.threads}, limits,
                                         {*points, options.smallest.value_or(0)});
    if (!source) {
        return source.error();
    }
    return std::unique_ptr<proposals::Source>(std::move(*source));
}

// The model whose detector proposes.
Result<std::unique_ptr<session::Engine>> openDetecting(const ModelArguments& model) {
    auto own = openEngine(model);
    if (!own) {
        return own;
    }
    const session::ClipSegMethod* clipseg = (*own)->clipseg();
    ModelArguments seeing = model;
    seeing.model = clipseg == nullptr ? model.model : session::detectingModel(*clipseg, model.model);
    if (seeing.model == model.model) {
        return own;
    }
    warn("the model " + (*own)->info().name + " has no detector: the built-in model " + seeing.model +
         " proposes the regions");
    own->reset();  // never two in memory for this
    return openEngine(seeing);
}

}  // namespace

bool servesAll(const std::string& source) {
    return source == "detector" || source == "maps" || source == "classical" || !segmenterNamed(source).kind.empty();
}

std::string readBy(const std::string& source) { return servesAll(source) ? segmenterNamed(source).folder : source; }

Result<OpenedSource> openSource(const SourceOptions& options, const ModelArguments& model) {
    const bool own = servesAll(options.name);
    const SegmenterName named = segmenterNamed(options.name);
    if ((options.pointsPerSide || options.smallest) && named.kind != "sam") {
        return Error{ErrorKind::usage,
                     message("%1 is for sam:FOLDER", options.pointsPerSide ? "--points-per-side" : "--smallest"),
                     "leave it out"};
    }
    proposals::Limits limits = own ? proposals::Limits{} : proposals::Limits{1, 0};
    limits.most = options.most ? static_cast<std::size_t>(*options.most) : limits.most;
    limits.overlap = options.overlap.value_or(limits.overlap);
    OpenedSource opened;
    if (options.name == "classical") {
        opened.source = proposals::classical({limits});
        return opened;
    }
    if (!own) {
        std::error_code failed;
        if (!std::filesystem::exists(options.name, failed)) {
            return Error{ErrorKind::usage, message("%1 is no source of proposals and no file", quoted(options.name)),
                         "give detector, classical, maps, sam:FOLDER, solo:FOLDER, or the path of a file or folder"};
        }
        opened.source = proposals::fromFile(
            {options.name, options.picture, options.read, limits, options.inFileOrder, options.once});
        return opened;
    }
    if (!named.kind.empty()) {
        auto source = openSegmenter(named, options, model, limits);
        if (!source) {
            return source.error();
        }
        opened.source = std::move(*source);
        return opened;
    }
    auto engine = options.name == "maps" ? openEngine(model) : openDetecting(model);
    if (!engine) {
        return engine.error();
    }
    const auto clipseg = session::needClipSeg(**engine);
    if (!clipseg) {
        return clipseg.error();
    }
    opened.source = options.name == "maps" ? session::mapsSource(**clipseg, session::genericPhrases(), limits)
                                           : session::detectorSource(**clipseg, limits);
    opened.engine = std::move(*engine);
    return opened;
}

Result<proposals::Source*> SourceOpener::forPicture(const std::string& file) {
    const bool own = servesAll(options_.name);
    if (!own || !opened_.source) {
        options_.picture = file;
        auto opened = openSource(options_, model_);
        if (!opened) {
            return opened.error();
        }
        opened_ = std::move(*opened);
    }
    return opened_.source.get();
}

ModelArguments proposingModel(ModelArguments model, const session::GlobalLocal& describing) {
    if (!describing.facts().finds) {
        model.model = session::kBuiltInModel;
    }
    return model;
}

session::Silencing silencingNamed(const std::string& name) {
    return name == "one-block"   ? session::Silencing::oneBlock
           : name == "attention" ? session::Silencing::attention
           : name == "region"    ? session::Silencing::regionToken
                                 : session::Silencing::tokens;
}

}  // namespace maskwright::cli
