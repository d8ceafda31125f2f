// Whether a phrase or a marked object is in a picture at all: a small head on what the frozen rest of the model says.
// Photographs are shown once; everything else of the model stays as it is.
#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <chrono>
#include <unordered_set>

#include "core/clipseg/model.h"
#include "core/clipseg/spoken.h"
#include "core/nn/layers.h"
#include "core/train/loop.h"
#include "core/train/model_files.h"
#include "core/train/phrases.h"
#include "core/train/presence_questions.h"
#include "core/train/shards.h"

namespace maskwright::train {
namespace {

constexpr std::size_t kMadeUp = 2000;  // words that there are not
constexpr std::size_t kTogether = 8;   // photographs a thread sees between looks at the clock
constexpr std::size_t kHeldOut = 20;   // every so manieth photograph judges the head and does not teach it
constexpr double kLineSeconds = 20;    // between lines while photographs are looked at
constexpr double kSaid = 0.5;          // presence from which the head says that something is there
const std::string kHead = "decoder.named_presence.";

struct Lesson {
    at::Tensor facts;   // [Q, kPresenceFacts]
    at::Tensor rows;    // [Q] int64, of the conditions
    at::Tensor there;   // [Q] 0 or 1
    at::Tensor weight;  // [Q]
};

// The photographs of class_photos, but for those of what is kept out.
std::vector<data::NamedPicture> namedPictures(const Context& context) {
    if (context.options.classPhotos.empty()) {
        return {};
    }
    auto pictures = need(data::readNamedPictures(context.options.classPhotos, context.options.split)).pictures;
    std::erase_if(pictures, [&](const data::NamedPicture& picture) {
        return context.keptOut.synsets.contains(picture.synset) || context.keptOut.isIn(picture.name);
    });
    return pictures;
}

class Teacher {
  public:
    Teacher(const Context& context, const clipseg::Config& config, const nn::TensorMap& model)
        : context_(context),
          config_(config),
          model_(model),
          stage_(context.options.presence),
          set_(*context.shown),
          named_(namedPictures(context)),
          table_(need(readPhrases(context.options.text))),
          vocabulary_(context, set_, model, &table_),
          viewer_(context, config, model) {
        for (std::size_t i = 0; i < set_.photos.size(); ++i) {
            shown_.push_back(i);
        }
        Random random(static_cast<std::uint64_t>(context.options.seed), 16);
        random.shuffle(shown_);
        if (stage_.photos > 0) {
            shown_.resize(std::min(shown_.size(), static_cast<std::size_t>(stage_.photos)));
        }
    }

    // What learns and what judges.
    std::pair<Lesson, Lesson> lessons() {
        std::vector<SeenPhoto> marks(shown_.size());
        forEachPhoto("photographs seen", [&](std::size_t i, const nn::TensorMap& model) {
            SeenPhoto seen = see(i, model);
            if (i < shown_.size()) {
                marks[i] = {{}, std::move(seen.marked), std::move(seen.markedAs)};
            }
        });
        makeConditions(marks);
        const Questions questions(set_, named_, vocabulary_, conditions_, stage_);
        std::vector<Lesson> each(count());
        forEachPhoto("photographs asked", [&](std::size_t i, const nn::TensorMap& model) {
            Random random(static_cast<std::uint64_t>(context_.options.seed), 17, i);
            each[i] = asked(see(i, model).input, i < shown_.size() ? questions.ofPhoto(shown_[i], random)
                                                                   : questions.ofNamed(i - shown_.size(), random));
        });
        return {together(each, false), together(each, true)};
    }

    [[nodiscard]] const at::Tensor& conditions() const { return conditions_.rows; }

  private:
    [[nodiscard]] std::size_t count() const { return shown_.size() + named_.size(); }

    [[nodiscard]] SeenPhoto see(std::size_t i, const nn::TensorMap& model) const {
        return i < shown_.size()
                   ? viewer_.see(model, set_, shown_[i], static_cast<std::size_t>(stage_.marks), stage_.least)
                   : viewer_.see(model, named_[i - shown_.size()]);
    }

    // Calls work(photograph, a thread's tensors) for all of them. Throws Interrupted at a stop.
    template <class Work>
    void forEachPhoto(const std::string& what, const Work& work) const {
        const Shards shards(model_, context_.shards());
        auto lastLine = std::chrono::steady_clock::now();
        const std::size_t together = shards.count() * kTogether;
        for (std::size_t from = 0; from < count(); from += together) {
            shards.run([&](std::size_t part, const nn::TensorMap& tensors) {
                const at::NoGradGuard guard;
                for (std::size_t i = from + part; i < std::min(from + together, count()); i += shards.count()) {
                    work(i, tensors);
                }
            });
            if (context_.stop.stop_requested()) {
                throw Interrupted{};
            }
            const auto now = std::chrono::steady_clock::now();
            if (std::chrono::duration<double>(now - lastLine).count() > kLineSeconds) {
                context_.say("presence: " + std::to_string(std::min(from + together, count())) + " of " +
                             std::to_string(count()) + " " + what);
                lastLine = now;
            }
        }
    }

    void makeConditions(const std::vector<SeenPhoto>& marks) {
        const at::NoGradGuard guard;
        std::vector<std::string> phrases;
        const std::int64_t first = vocabulary_.features().size(0);
        const auto add = [&](std::string phrase) {
            phrases.push_back(std::move(phrase));
            return first + static_cast<std::int64_t>(phrases.size()) - 1;
        };
        Random random(static_cast<std::uint64_t>(context_.options.seed), 18);
        for (const std::string& phrase : others(random)) {
            conditions_.others.push_back(add(phrase));
        }
        for (std::size_t i = 0; i < kMadeUp; ++i) {
            conditions_.madeUp.push_back(add(madeUp(random)));
        }
        for (const data::NamedPicture& photo : named_) {
            conditions_.named.push_back(add(photo.name));
        }
        const at::Tensor features =
            at::cat({vocabulary_.features(), textFeatures(context_, model_, *openTokenizer(context_), phrases)});
        const nn::Params p(model_);
        std::vector<at::Tensor> rows = {nn::linear(p["clip"]["text_projection"], features)};
        std::int64_t next = features.size(0);
        for (const SeenPhoto& photo : marks) {
            if (photo.marked.defined()) {
                rows.push_back(photo.marked);
            }
            for (const std::size_t category : photo.markedAs) {
                conditions_.marked[category].push_back(next++);
            }
        }
        conditions_.rows = clipseg::asked(config_, at::cat(rows));
        conditions_.means = at::sigmoid(clipseg::isA(p["decoder"]["is_a"], conditions_.rows));
    }

    // English phrases that hold no word of a category without a synset: stuff is everywhere, and nobody said where.
    [[nodiscard]] std::vector<std::string> others(Random& random) const {
        std::unordered_set<std::string> names, stuff;
        for (const data::Category& category : set_.categories) {
            names.insert(category.names.begin(), category.names.end());
            if (category.synset.empty()) {
                stuff.insert(category.names.begin(), category.names.end());
            }
        }
        std::vector<std::string> found;
        for (const Phrase& phrase : table_.phrases) {
            if (phrase.language == "en" && !names.contains(phrase.text) && !holdsWordOf(phrase.text, stuff) &&
                !context_.keptOut.isIn(phrase.text)) {
                found.push_back(phrase.text);
            }
        }
        random.shuffle(found);
        found.resize(std::min(found.size(), static_cast<std::size_t>(stage_.others)));
        return found;
    }

    static bool holdsWordOf(const std::string& phrase, const std::unordered_set<std::string>& words) {
        for (std::size_t from = 0; from < phrase.size();) {
            const std::size_t to = std::min(phrase.find(' ', from), phrase.size());
            if (words.contains(phrase.substr(from, to - from))) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }

    [[nodiscard]] Lesson asked(const clipseg::PresenceInput& input, const std::vector<Question>& questions) const {
        std::vector<std::int64_t> rows;
        std::vector<float> there, weight;
        for (const Question& question : questions) {
            rows.push_back(question.row);
            there.push_back(question.there ? 1 : 0);
            weight.push_back(question.weight);
        }
        Lesson lesson;
        if (rows.empty()) {
            return lesson;
        }
        lesson.rows = at::tensor(rows, at::kLong);
        lesson.there = at::tensor(there);
        // What the trunk has no name for is the other head's.
        lesson.weight = at::tensor(weight) * std::get<0>(conditions_.means.index_select(0, lesson.rows).max(1));
        lesson.facts =
            clipseg::presenceFacts(input, conditions_.rows.index_select(0, lesson.rows),
                                   conditions_.means.index_select(0, lesson.rows), at::zeros_like(lesson.rows));
        return lesson;
    }

    [[nodiscard]] static Lesson together(const std::vector<Lesson>& each, bool heldOut) {
        std::vector<at::Tensor> facts, rows, there, weight;
        for (std::size_t i = 0; i < each.size(); ++i) {
            if (each[i].rows.defined() && (i % kHeldOut == 0) == heldOut) {
                facts.push_back(each[i].facts);
                rows.push_back(each[i].rows);
                there.push_back(each[i].there);
                weight.push_back(each[i].weight);
            }
        }
        if (facts.empty()) {
            throw TrainError({ErrorKind::input, "too few photographs to train and to judge the presence head",
                              message("give %1 or more", kHeldOut + 1)});
        }
        return {at::cat(facts), at::cat(rows), at::cat(there), at::cat(weight)};
    }

    const Context& context_;
    const clipseg::Config& config_;
    const nn::TensorMap& model_;
    const PresenceStage& stage_;
    const data::DataSet& set_;
    const std::vector<data::NamedPicture> named_;
    const PhraseTable table_;
    const Vocabulary vocabulary_;
    const PhotoViewer viewer_;
    std::vector<std::size_t> shown_;  // photographs of the set
    Conditions conditions_;
};

class PresenceObjective final : public Objective {
  public:
    PresenceObjective(const Options& options, Lesson lesson, at::Tensor conditions)
        : options_(options), lesson_(std::move(lesson)), conditions_(std::move(conditions)) {}

    // One part is the whole batch.
    at::Tensor loss(const Part& part, const nn::TensorMap& head, Tally&) override {
        Random random(static_cast<std::uint64_t>(options_.seed), 19, static_cast<std::uint64_t>(part.step));
        std::vector<std::int64_t> drawn;
        for (std::int64_t i = 0; i < options_.presence.batch; ++i) {
            drawn.push_back(static_cast<std::int64_t>(random.below(static_cast<std::size_t>(lesson_.rows.size(0)))));
        }
        // Without the condition the facts must do.
        std::vector<float> keeps;
        for (std::int64_t i = 0; i < options_.presence.batch; ++i) {
            keeps.push_back(random.chance(options_.presence.dropCondition) ? 0 : 1);
        }
        const at::Tensor chosen = at::tensor(drawn, at::kLong), kept = at::tensor(keeps).unsqueeze(1);
        const at::Tensor presence =
            clipseg::namedPresence(nn::Params(head)["decoder"]["named_presence"], lesson_.facts.index_select(0, chosen),
                                   conditions_.index_select(0, lesson_.rows.index_select(0, chosen)) * kept);
        return at::binary_cross_entropy_with_logits(presence, lesson_.there.index_select(0, chosen),
                                                    lesson_.weight.index_select(0, chosen));
    }

  private:
    const Options& options_;
    const Lesson lesson_;
    const at::Tensor conditions_;
};

// How much of what is there, and of what is not, the head says to be there.
void sayJudgement(const Context& context, const nn::TensorMap& head, const Lesson& lesson,
                  const at::Tensor& conditions) {
    const at::NoGradGuard guard;
    const at::Tensor said =
        at::sigmoid(clipseg::namedPresence(nn::Params(head)["decoder"]["named_presence"], lesson.facts,
                                           conditions.index_select(0, lesson.rows))) >= kSaid;
    const at::Tensor there = lesson.there > 0.5;
    const auto share = [&](const at::Tensor& of) {
        return std::to_string(said.masked_select(of).to(at::kFloat).mean().item<double>());
    };
    context.say("presence: of photographs kept out, it finds " + share(there) + " of what is there and " +
                share(there.logical_not()) + " of what is not");
}

}  // namespace

void presenceStage(const Context& context) {
    const Options& options = context.options;
    const std::string from = options.runs("segment") || options.runs("support") ? options.output : options.start;
    Context with = context;
    with.device = at::kCPU;
    with.config = clipseg::readModelConfig(from);
    with.config.eyes.presenceMlp = options.presence.mlp;
    if (!with.config.eyes.spokenMaps || !with.config.presenceHead || with.config.maskShape) {
        throw TrainError({ErrorKind::input,
                          message("%1: the stage presence is for a model with spoken_maps and presence_head", from),
                          "see models/sight/train.json"});
    }
    nn::TensorMap model = tensorsIn(from, [](const std::string& name) { return !name.starts_with(kHead); });
    Teacher teacher(with, with.config, model);
    auto [lesson, judged] = teacher.lessons();
    context.say("presence: " + std::to_string(lesson.rows.size(0)) + " questions");

    const nn::Parameters parameters = clipseg::parameters(with.config);
    PresenceObjective objective(options, std::move(lesson), teacher.conditions());
    // Without a checkpoint: photographs are seen once, and the rest takes a minute.
    Plan plan = planOf("presence", options.presence, parameters);
    plan.lineSteps = 500;
    Checkpoint state = beginning(with, plan, [&] {
        nn::TensorMap head;
        at::manual_seed(static_cast<std::uint64_t>(options.seed));
        for (const auto& [name, parameter] : parameters) {
            if (name.starts_with(kHead)) {
                head[name] = nn::fresh(parameter);
            }
        }
        return head;
    });
    runLoop(with, plan, objective, state);
    sayJudgement(context, state.model, judged, teacher.conditions());
    for (const auto& [name, tensor] : state.model) {
        model[name] = tensor.detach();
    }
    writeModelFolder(with, wholeModel(with.config, model), with.config.defaultThreshold);
}

}  // namespace maskwright::train
