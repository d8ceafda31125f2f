// Proposals by the name that --source and --proposals take.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/cli/common.h"
#include "core/proposals/proposals.h"

namespace maskwright::cli {

struct SourceOptions {
    std::string name;     // see kSourceHelp
    std::string picture;  // its file: which of several in a JSON is meant
    std::optional<std::int64_t> most;
    std::optional<double> overlap;
    image_io::ReadOptions read;
    bool inFileOrder = false;  // of a file: all, as they come
};

// A source and what it needs to live. `engine` is null where it asks no model.
struct OpenedSource {
    std::unique_ptr<session::Engine> engine;
    std::unique_ptr<proposals::Source> source;
};

// "sam" or "solo", and the folder, of sam:FOLDER or solo:FOLDER; both empty for other sources.
struct SegmenterName {
    std::string kind, folder;
};
SegmenterName segmenterNamed(const std::string& source);
// Whether it serves any picture: all but files.
bool servesAll(const std::string& source);

// Opens the model where one is asked. Errors: usage (no such source), openEngine()'s.
Result<OpenedSource> openSource(const SourceOptions& options, const ModelArguments& model);

}  // namespace maskwright::cli
