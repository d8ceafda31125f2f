#include "app/cli/proposal_source.h"

#include <filesystem>

#include "core/proposals/classical.h"
#include "core/proposals/from_file.h"
#include "core/session/proposal_sources.h"
#include "core/session/segmenter_source.h"

namespace maskwright::cli {

SegmenterName segmenterNamed(const std::string& source) {
    for (const std::string kind : {"sam", "solo"}) {
        if (source.starts_with(kind + ":")) {
            return {kind, source.substr(kind.size() + 1)};
        }
    }
    return {};
}

bool servesAll(const std::string& source) {
    return source == "detector" || source == "maps" || source == "classical" || !segmenterNamed(source).kind.empty();
}

Result<OpenedSource> openSource(const SourceOptions& options, const ModelArguments& model) {
    const bool own = servesAll(options.name);
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
    if (const SegmenterName named = segmenterNamed(options.name); !named.kind.empty()) {
        if (named.folder.empty()) {
            return Error{ErrorKind::usage, message("%1 names no folder", quoted(options.name)),
                         "write it behind the colon"};
        }
        auto source =
            session::openSegmenter(named.kind, {named.folder, model.device, model.dtype, model.threads}, limits);
        if (!source) {
            return source.error();
        }
        opened.source = std::move(*source);
        return opened;
    }
    auto engine = openEngine(model);
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
    if (describing.facts().blocks > 0) {
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
