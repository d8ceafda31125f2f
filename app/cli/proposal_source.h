// Proposals by the name that --source and --proposals take.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/cli/common.h"
#include "core/proposals/from_file.h"
#include "core/session/global_local.h"

namespace maskwright::cli {

struct SourceOptions {
    std::string name;     // see kSourceHelp
    std::string picture;  // its file: which of several in a JSON is meant
    std::optional<std::int64_t> most;
    std::optional<double> overlap;
    std::optional<int> pointsPerSide;  // of a sam: that does not say it itself; none: the published number
    image_io::ReadOptions read;
    bool inFileOrder = false;                     // of a file: all, as they come
    std::shared_ptr<proposals::ReadJson> once{};  // of a JSON: read once for all pictures
    std::optional<std::int64_t> smallest{};       // pixels, of a sam:; none: 0
};

// A source and what it needs to live. `engine` is null where it asks no model.
struct OpenedSource {
    std::unique_ptr<session::Engine> engine;
    std::unique_ptr<proposals::Source> source;
};

// "sam" or "solo", and the folder, of sam:FOLDER or solo:FOLDER; both empty for other sources.
struct SegmenterName {
    std::string kind, folder;
    std::optional<std::string> points;  // of sam@POINTS:FOLDER, as it is written
};
SegmenterName segmenterNamed(const std::string& source);
// Whether it serves any picture: all but files.
bool servesAll(const std::string& source);

// The file or folder that it reads; empty: none.
std::string readBy(const std::string& source);

// Opens the model where one is asked. Errors: usage (no such source), openEngine()'s.
Result<OpenedSource> openSource(const SourceOptions& options, const ModelArguments& model);

// A source for one picture after another: a file's is of each picture anew, any other is opened once.
class SourceOpener {
  public:
    // `model` makes the proposals.
    SourceOpener(SourceOptions options, ModelArguments model) : options_(std::move(options)), model_(std::move(model)) {
        options_.once = proposals::readOnce();
    }
    // Valid until the next call. Errors: openSource()'s.
    Result<proposals::Source*> forPicture(const std::string& file);

  private:
    SourceOptions options_;
    ModelArguments model_;
    OpenedSource opened_;
};

// What makes proposals where `model` describes them: a CLIP proposes nothing, the built-in model does.
ModelArguments proposingModel(ModelArguments model, const session::GlobalLocal& describing);

// By --masking's name.
session::Silencing silencingNamed(const std::string& name);

}  // namespace maskwright::cli
