#include <new>

#include "app/cli/common.h"
#include "core/base/log.h"

namespace {

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace

extern "C" int maskwrightRunCommand(const maskwright::cli::Command& command, const std::stop_token& stop) {
    using namespace maskwright;
    using namespace maskwright::cli;
    log::setUp();
    try {
        return std::visit(Overloaded{[&](const SegmentArguments& a) { return runSegment(a, stop); },
                                     [&](const InfoArguments& a) { return runInfo(a); },
                                     [&](const TokenizeArguments& a) { return runTokenize(a); },
                                     [&](const NounPhraseArguments& a) { return runNounPhrase(a); },
                                     [&](const EmbedArguments& a) { return runEmbed(a, stop); },
                                     [&](const PromptArguments& a) { return runPrompt(a); },
                                     [&](const ProposalsArguments& a) { return runProposals(a, stop); },
                                     [&](const ReferArguments& a) { return runRefer(a, stop); },
                                     [&](const StylesArguments& a) { return runStyles(a, stop); },
                                     [&](const TrainArguments& a) { return runTrain(a, stop); },
                                     [&](const EvaluateArguments& a) { return runEvaluate(a, stop); },
                                     [&](const ConvertArguments& a) { return runConvert(a, stop); },
                                     [&](const BenchArguments& a) { return runBench(a, stop); },
                                     [&](const RunArguments& a) { return runProjectFile(a, stop); },
                                     [&](const ModelsArguments& a) { return runModels(a, stop); }},
                          command);
    } catch (const std::bad_alloc&) {
        return report({ErrorKind::resource, "not enough memory", "choose smaller pictures or a smaller --size"});
    } catch (const std::exception& error) {
        return report({ErrorKind::resource, message("stopped by an unexpected failure: %1", error.what()), ""});
    }
}
