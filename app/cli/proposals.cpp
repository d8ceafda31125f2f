// proposals: which things a picture may hold, as a label picture or in COCO's format.
#include <filesystem>
#include <iostream>

#include "app/cli/common.h"
#include "app/cli/proposal_source.h"
#include "core/base/file.h"
#include "core/batch/plan.h"
#include "core/output/overlay.h"
#include "core/output/write.h"
#include "core/proposals/export.h"

namespace maskwright::cli {
namespace {

Result<void> write(const std::string& file, bool labels, const proposals::Found& found, const Image& picture,
                   const std::string& name, const proposals::About& about) {
    if (!labels) {
        const Json json = toCoco(found.proposals, name, picture.width, picture.height, about);
        return writeFileAtomically(file, json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
    }
    std::vector<output::Colour> palette = {{0, 0, 0}};
    for (std::size_t i = 0; i < found.proposals.size(); ++i) {
        palette.push_back(output::distinctColour(i));
    }
    const auto labelled = labelPicture(found.proposals, picture.width, picture.height);
    MASKWRIGHT_TRY(image_io::writeIndexed(file, labelled, palette, output::programTexts()));
    if (const std::size_t covered = proposals::coveredIn(labelled, found.proposals.size()); covered > 0) {
        warn(message("smaller proposals cover %1 of %2 in the label picture; a .json holds all", covered,
                     found.proposals.size())
                 .text());
    }
    return {};
}

void tell(const ProposalsArguments& arguments, const proposals::Found& found, const proposals::About& about,
          const std::string& file) {
    if (arguments.json) {
        std::cout << dump(OrderedJson{{"image", arguments.image},
                                      {"source", about.name},
                                      {"what", about.what.text()},
                                      {"licence", about.licence.text()},
                                      {"proposals", found.proposals.size()},
                                      {"before", found.before},
                                      {"milliseconds", milliseconds(found.milliseconds)},
                                      {"output", file}})
                  << "\n";
        return;
    }
    std::cout << arguments.image << ": " << found.proposals.size() << " proposals of " << found.before << " in "
              << dump(OrderedJson(milliseconds(found.milliseconds))) << " ms -> " << file << "\n"
              << "source   " << about.name << ": " << about.what.text() << "\n"
              << "weights  " << about.licence.text() << "\n";
}

// What is read beside the picture. A model folder holds no PNG.
std::vector<std::string> alsoReadBy(const ProposalsArguments& a) {
    return {readBy(a.source), a.output.ends_with(".json") ? a.model.model : ""};
}

}  // namespace

int runProposals(const ProposalsArguments& arguments, const std::stop_token& stop) {
    const bool labels = !arguments.output.ends_with(".json");
    const auto file =
        batch::planFile(arguments.output, arguments.image, alsoReadBy(arguments), labels ? ".png" : ".json");
    if (!file) {
        return report(file.error());
    }
    if (labels && arguments.most && *arguments.most > static_cast<std::int64_t>(proposals::kMostLabels)) {
        return report({ErrorKind::usage, message("a label picture holds at most %1 proposals", proposals::kMostLabels),
                       "give a smaller --top, or a .json"});
    }
    const image_io::ReadOptions options = readOptions(arguments.maxMegapixels);
    const auto picture = image_io::read(arguments.image, options);
    if (!picture) {
        return report(picture.error());
    }
    warnAll(picture->warnings);
    SourceOptions source{arguments.source,  arguments.image,         arguments.most,
                         arguments.overlap, arguments.pointsPerSide, options};
    source.smallest = arguments.smallest;
    auto opened = openSource(source, arguments.model);
    if (!opened) {
        return report(opened.error());
    }
    auto found = opened->source->propose(picture->image, stop);
    if (!found) {
        return report(found.error());
    }
    warnAll(found->warnings);
    if (found->proposals.empty()) {
        warn("nothing was proposed for " + arguments.image);
    }
    if (labels && found->proposals.size() > proposals::kMostLabels) {
        warn("a label picture holds the surest " + std::to_string(proposals::kMostLabels) + " of " +
             std::to_string(found->proposals.size()) + " proposals; a .json holds all");
        found->proposals.resize(proposals::kMostLabels);
    }
    const proposals::About about = opened->source->about();
    const std::string name = std::filesystem::path(arguments.image).filename().string();
    if (const auto written = write(*file, labels, *found, picture->image, name, about); !written) {
        return report(written.error());
    }
    tell(arguments, *found, about, *file);
    return 0;
}

}  // namespace maskwright::cli
